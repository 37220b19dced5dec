/** The formal channels, from authorities.yaml: where a report with a name goes. */
import { type Reply, reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import { ruleChoices } from './show.ts';

/** The channels and deadlines below an introduction. */
export function formalChannels(intro: string, services: Services): Reply {
  const { channels, deadlines } = services.knowledge.authorities;
  const lines = [intro, ''];
  for (const { name, address, use_for, seen_on } of channels.filter(({ kind }) => kind !== 'sms'))
    lines.push(`• **${name}** (${address}): ${use_for} [${seen_on}]`);
  lines.push('', ...deadlines.map(({ title, text }) => `⏳ ${title}: ${text}`), '', say(services, 'report.outro'));
  return reply(lines.join('\n'), ruleChoices(['cara-lapor', 'rahasia-pelapor', 'batas-7-hari'], services));
}
