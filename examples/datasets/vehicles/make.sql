-- 1,000,000 vehicles. 澜 begins no plate of any real province. Every twelfth belongs to a company, the others to
-- residents; 澜A00042 is resident 42's.
with
  numbered as (
    select
      cast(i as integer) as i,
      case when i = 42 then 42 when i % 12 <> 0 then 1 + die(i, 'owner', 300000) end as resident,
      date '2008-01-07' + die(i, 'registered', 6700) as registered,
      die(i, 'body', 20) as kind
    from
      range(1000000) t (i)
  )
select
  '澜' || chr(65 + i // 100000) || lpad(cast(i % 100000 as varchar), 5, '0') as plate,
  residents.national_number as owner,
  case when resident is null then format('C-{:05d}', 1 + die(i, 'company', 50000)) end as owner_company,
  pick(i, 'make', 8, ['Lanma', 'Yunche', 'Quill', 'Aster', 'Tarn', 'Heron', 'Baobab', 'Merle']) as make,
  case when kind < 13 then 'sedan' when kind < 16 then 'van' when kind < 18 then 'lorry' when kind < 19 then 'bus' else 'motorcycle' end as body,
  pick(i, 'fuel', 6, ['petrol', 'petrol', 'petrol', 'diesel', 'hybrid', 'electric']) as fuel,
  coalesce(
    residents.district,
    pick(i, 'district', 8, ['Lanzhong', 'Yunping', 'Qingtan', 'Baihu', 'Heshu', 'Shilan', 'Nanqi', 'Dongmu'])
  ) as district,
  registered,
  -- Motorcycles need none.
  case when kind < 19 then greatest(registered + 1460, date '2024-06-01' + die(i, 'inspected', 1100)) end as inspected_until,
  die(i, 'insured', 50) <> 0 as insured
from
  numbered
  left join residents on residents.n = resident
order by
  i
