"""Crawls sites and collects archives: the run, its order, and the one use of Scrapy's engine."""
