"""The server and what stands before the routes: connections, hosts, sites, methods, proxies."""
