-- 100,000 visits from 2023 to 2025; three of them are resident 42's.
with
  numbered as (
    select
      cast(i as integer) as i,
      case when i in (42, 40042, 80042) then 42 else 1 + die(i, 'patient', 300000) end as resident,
      die(i, 'department', 8) as ward,
      10 + die(i, 'minutes', 470) as minutes
    from
      range(1, 100001) t (i)
  )
select
  format('H-{:06d}', i) as visit,
  residents.national_number,
  date '2023-01-01' + (i - 1) * 1095 // 100000 as date,
  pick(i, 'hospital', 4, ['Lanzhong General', 'Baihu Teaching Hospital', 'Nanqi County Hospital', 'Yunping Clinic']) as hospital,
  [
    'Cardiology', 'Respiratory Medicine', 'Orthopaedics', 'Psychiatry', 'Oncology', 'Paediatrics', 'Dermatology', 'General Medicine'
  ][ward + 1] as department,
  case
    when die(i, 'diagnosis', 6) = 0 then 'no diagnosis'
    else [
      'circulatory', 'respiratory', 'injury', 'mental', 'neoplasm', 'infection', 'skin', 'other'
    ][ward + 1]
  end as diagnosis_group,
  die(i, 'emergency', 7) = 0 as emergency,
  minutes,
  cast(minutes * (150 + die(i, 'cost', 400)) / 100.0 as double) as cost
from
  numbered
  join residents on residents.n = resident
order by
  i
