/** The questions that are answered in words. */

import { TextField, tooLong } from '../parts/text-field.tsx';
import { Title } from '../parts/title.tsx';
import { daysSince, today } from './day-words.ts';
import { Onward } from './onward.tsx';
import type { StepProps } from './step-props.ts';

export function What({ tip, change, next, nextLabel }: StepProps) {
  return (
    <>
      <Title>Apa yang terjadi?</Title>
      <TextField
        id="what"
        label="Ceritakan kejadiannya"
        hint="Apa yang Anda lihat, dengar, atau alami. Bahasa sehari-hari saja cukup."
        value={tip.what}
        onInput={(what) => change({ what })}
      />
      <Onward empty={tip.what === ''} blocked={tooLong(tip.what)} next={next} label={nextLabel} />
    </>
  );
}

export function Who({ tip, change, next, nextLabel }: StepProps) {
  return (
    <>
      <Title>Siapa yang terlibat?</Title>
      <TextField
        id="who"
        label="Siapa, dari kantor mana"
        hint="Jabatan dan instansi sudah cukup; nama boleh kalau Anda tahu. Nama Anda sendiri tidak perlu."
        short
        value={tip.who}
        onInput={(who) => change({ who })}
      />
      <Onward empty={tip.who === ''} blocked={tooLong(tip.who)} next={next} label={nextLabel} />
    </>
  );
}

export function When({ tip, change, next, nextLabel }: StepProps) {
  const late = tip.day !== '' && daysSince(tip.day) > 7;
  return (
    <>
      <Title>Kapan?</Title>
      <div class="field">
        <label for="day">Tanggal, kalau ingat</label>
        <input
          type="date"
          id="day"
          max={today()}
          value={tip.day}
          onInput={(event) => change({ day: event.currentTarget.value })}
          autocomplete="off"
          aria-describedby={late ? 'late' : undefined}
        />
        {late && (
          <p class="hint" id="late" role="status">
            Sudah lebih dari 7 hari: untuk laporan resmi mungkin terlambat. Sebagai informasi awal tetap berguna.
          </p>
        )}
      </div>
      <TextField
        id="when"
        label="Keterangan waktu"
        hint="Misalnya: sekitar pukul 10 saat apel, atau setiap Senin. Kalau beda, tulis juga kapan Anda mengetahuinya."
        short
        value={tip.when}
        onInput={(when) => change({ when })}
      />
      <Onward empty={tip.day === '' && tip.when === ''} blocked={tooLong(tip.when)} next={next} label={nextLabel} />
    </>
  );
}
