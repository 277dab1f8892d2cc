"""The server and what is before the routes: connections, hosts, sites, methods, proxies."""
