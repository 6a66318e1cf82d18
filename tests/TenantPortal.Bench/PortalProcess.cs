using Microsoft.AspNetCore.Builder;

namespace TenantPortal.Bench;

/// <summary>The portal with one set of settings: built here in process, run as a command, or served as its own process.</summary>
internal sealed class PortalProcess(string owner, string app, string folder)
{
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal)
    {
        ["PORTAL_DB"] = app, ["PORTAL_KEY_FILE"] = Key(folder), ["PORTAL_MAIL_FOLDER"] = Path.Combine(folder, "mail"), ["PORTAL_DEMO"] = "1", ["PORTAL_URL"] = "http://127.0.0.1", ["PORTAL_OUTSIDE_HOSTS"] = "127.0.0.1",
    };

    public string Owner => owner;

    public WebApplication Build() => Web.PortalApp.Build([.. settings.Select(s => $"--{s.Key}={s.Value}"), "--urls=http://127.0.0.1:0", $"--contentRoot={Places.Web}", "--environment=Production", "--Logging:LogLevel:Default=Warning"]);

    public Task<string> CommandAsync(params string[] args) => Child.RunAsync(Places.WebProgram, settings, args);

    public Task<Child> ServeAsync(string firstPage) => Child.StartAsync(Places.WebProgram, settings, firstPage, Path.Combine(folder, "portal.log"), "serve", "--contentRoot", Places.Web);

    private static string Key(string folder)
    {
        var file = Path.Combine(folder, "key");
        if (!File.Exists(file)) File.WriteAllBytes(file, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        return file;
    }
}
