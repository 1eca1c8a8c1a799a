-- 50,000 companies, none of which exists; the first is the exporter of docs/ten-minutes.md.
with
  numbered as (
    select
      cast(i as integer) as i,
      die(i, 'sector', 8) as trade,
      die(i, 'size', 1000) / 1000.0 as size
    from
      range(1, 50001) t (i)
  )
select
  format('C-{:05d}', i) as number,
  case
    when i = 1 then 'Sanhe Textiles'
    else format(
      '{:s} {:s} {:05d}',
      pick(i, 'name', 12, ['Lanzhong', 'Yunping', 'Qingtan', 'Baihu', 'Heshu', 'Shilan', 'Nanqi', 'Dongmu', 'Sanhe', 'Beilu', 'Qiaolin', 'Yuehu']),
      ['Textiles', 'Machine Works', 'Foods', 'Logistics', 'Ceramics', 'Software', 'Timber', 'Chemicals'][trade + 1],
      i
    )
  end as name,
  case when i = 1 then 'B' else pick(i, 'export', 7, ['A', 'B', 'C', 'D', null, null, null]) end as export_class,
  case
    when i = 1 then 'textiles'
    else ['textiles', 'machinery', 'food', 'transport', 'ceramics', 'software', 'timber', 'chemicals'][trade + 1]
  end as sector,
  pick(i, 'district', 8, ['Lanzhong', 'Yunping', 'Qingtan', 'Baihu', 'Heshu', 'Shilan', 'Nanqi', 'Dongmu']) as district,
  -- Many small ones, few large ones.
  case when i = 1 then 38 else 1 + cast(floor(3 / (1.001 - size)) as integer) end as employees,
  date '1984-03-01' + die(i, 'founded', 15000) as founded,
  cast((10 + die(i, 'capital', 9990)) / 100.0 as double) as capital,
  die(i, 'active', 9) <> 0 as active
from
  numbered
order by
  i
