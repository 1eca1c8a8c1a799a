-- 200,000 degrees, 8,000 a year from 2000 to 2024, one for each of the residents 1 to 200,000: D-2019-0042 is
-- resident 42's, the year before has the residents 8,001 to 16,000, and so on.
select
  format('D-{:d}-{:04d}', 2000 + (44 - (n - 1) // 8000) % 25, (n - 1) % 8000 + 1) as number,
  name,
  national_number,
  pick(n, 'institution', 5, [
    'Lanan University', 'Lanzhong Polytechnic', 'Yunping Normal College', 'Baihu Medical School', 'Dongmu Institute of Forestry'
  ]) as institution,
  pick(n, 'level', 6, ['associate', 'bachelor', 'bachelor', 'bachelor', 'master', 'doctor']) as level,
  pick(n, 'subject', 12, [
    'Law', 'Mechanical Engineering', 'Nursing', 'Accounting', 'History', 'Computer Science', 'Forestry', 'Chemistry', 'Primary Education',
    'Statistics', 'Textile Technology', 'Medicine'
  ]) as subject_of_study,
  make_date(cast(2000 + (44 - (n - 1) // 8000) % 25 as integer), 6, cast(20 + die(n, 'day', 10) as integer)) as awarded,
  die(n, 'honours', 10) = 0 as with_honours
from
  residents
where
  n <= 200000
order by
  number
