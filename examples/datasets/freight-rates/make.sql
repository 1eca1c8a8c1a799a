-- 6,240 rows: 52 weeks from 2 ports to 20 markets in three sizes of container, at rates that nobody ever paid.
select
  date '2025-01-06' + cast(7 * (i // 120) as integer) as week,
  ['Lanzhong', 'Dongmu'][i // 60 % 2 + 1] as port,
  format('Market {:02d}', i // 3 % 20 + 1) as market,
  ['20', '40', '40 high cube'][i % 3 + 1] as container,
  cast(4000 + 2500 * (i % 3) + die(i, 'rate', 3000) as double) as rate,
  12 + die(i // 3 % 20, 'days', 30) as days
from
  range(6240) t (i)
order by
  i
