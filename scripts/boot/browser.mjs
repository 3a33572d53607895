export async function installBrowser() { return '/usr/bin/chromium' }
