/** What people ask: counts for everybody of the desk, and for curators what the bot did not know, with what a rule draft needs. */
import type { FastifyInstance } from 'fastify';
import type { Insights } from '../../../insights/insights.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import { endOf, utterancesOf } from '../../../knowledge/place.ts';
import { dayOf } from '../../../reports/days.ts';
import type { Insights as Charts, RuleList, RulePlace, TopicPlace, UnknownList } from './contract.ts';
import type { Guard } from './guard.ts';
import { refuse } from './refuse.ts';
import * as shapes from './shapes.ts';

/** @param knowledge the rule base as it is answered with now */
export function insightRoutes(
  server: FastifyInstance,
  insights: Insights,
  knowledge: () => Knowledge,
  guard: Guard,
): void {
  server.get('/insights', { preHandler: guard.signedIn() }, async (request, reply) => {
    const asked = shapes.period.safeParse(request.query);
    if (!asked.success) return refuse(reply, 'bad-request');
    const { topics, ...rest } = await insights.charts(asked.data.from, asked.data.until);
    const known = knowledge().topics;
    const titled = topics.map((topic) => ({
      ...topic,
      title: known.find(({ id }) => id === topic.id)?.title ?? topic.id,
    }));
    return { ...rest, topics: titled } satisfies Charts;
  });

  const curator = { preHandler: guard.signedIn('curator') };
  server.get('/unknown', curator, async (request, reply) => {
    const asked = shapes.unknownPage.safeParse(request.query);
    if (!asked.success) return refuse(reply, 'bad-request');
    const { questions, next } = await insights.unknown(asked.data.after ?? '');
    return {
      questions: questions.map(({ id, day, sealed }) => ({
        id,
        day,
        sealed: Buffer.from(sealed).toString('base64url'),
      })),
      ...(next === undefined ? {} : { next }),
    } satisfies UnknownList;
  });

  server.post('/unknown/done', curator, async (request, reply) => {
    const asked = shapes.unknownDone.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    await insights.done(asked.data.ids);
    return {};
  });

  server.get('/rules', curator, async (): Promise<RuleList> => {
    const { topics, rules, regulations } = knowledge();
    return {
      topics: topics.map(({ id, title }) => ({ id, title })),
      rules: [...rules.values()].map(({ id, title, topic }) => ({ id, title, topic })),
      regulations: [...regulations.values()].flatMap(({ id, short, status, articles }) =>
        // what is repealed needs its successor beside it: more than the form asks for
        status === 'repealed' ? [] : [{ id, title: short, articles: Object.keys(articles) }],
      ),
      today: dayOf(Date.now()),
    };
  });

  server.get('/rules/:id/place', curator, async (request, reply) => {
    const asked = shapes.idOnly.safeParse(request.params);
    const rule = asked.success ? knowledge().rules.get(asked.data.id) : undefined;
    const place = rule && utterancesOf(knowledge().folder, rule.topic, rule.id);
    return place === undefined ? refuse(reply, 'not-found') : (place satisfies RulePlace);
  });

  server.get('/topics/:id/place', curator, async (request, reply) => {
    const asked = shapes.idOnly.safeParse(request.params);
    const topic = asked.success ? knowledge().topics.find(({ id }) => id === asked.data.id) : undefined;
    const rules = topic && endOf(knowledge().folder, 'rules', topic.id);
    const utterances = topic && endOf(knowledge().folder, 'utterances', topic.id);
    if (rules === undefined || utterances === undefined) return refuse(reply, 'not-found');
    return { rules, utterances } satisfies TopicPlace;
  });
}
