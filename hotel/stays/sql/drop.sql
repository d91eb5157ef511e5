DROP TRIGGER stays_statistic_frozen ON stays_dailystatistic;
DROP FUNCTION stays_statistic_frozen();
