using System.Reflection;
using TenantPortal.Web.Features.Api;
using TenantPortal.Web.Features.Audit;
using TenantPortal.Web.Features.Backup;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Features.FirstRun;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Messages;
using TenantPortal.Web.Features.Privacy;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Features.Upkeep;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web;

/// <summary>What ./portal can do. Commands end with 0, or print one sentence about what is wrong and end with 1.</summary>
public static class Commands
{
    private const string Usage = $"""
        ./portal COMMAND
          migrate                      bring the schema up to this program (PORTAL_DB_OWNER)
          serve                        answer requests (PORTAL_DB)
          health [ADDRESS]             0 when the portal on this machine is ready, for a container's own check
        {UpkeepCommands.Usage}
        {ImportCommands.Usage}
        {ArticlesCommand.Usage}
        {TokenCommand.Usage}
        {AuditCommand.Usage}
        {MailCommand.Usage}
        {BackupCommands.Usage}
        {PrivacyCommands.Usage}
        {SearchCommand.Usage}
        {TriageCommand.Usage}
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
        try { return await RunAsync(args, stop.Token); }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["content", "import", "--client" or "--jsonl", ..] => ArticlesCommand.RunAsync(args[2..], cancel),
        ["content" or "client" or "staff" or "demo", ..] => ImportCommands.RunAsync(args, cancel),
        ["setup" or "doctor", ..] => UpkeepCommands.RunAsync(args, cancel),
        ["triage", ..] => TriageCommand.RunAsync(args[1..], cancel),
        ["token", ..] => TokenCommand.RunAsync(args[1..], cancel),
        ["backup" or "restore" or "release", ..] => BackupCommands.RunAsync(args, cancel),
        ["person" or "retention", ..] => PrivacyCommands.RunAsync(args, cancel),
        ["mail", ..] => MailCommand.RunAsync(args[1..], cancel),
        ["audit", ..] => AuditCommand.RunAsync(args[1..], cancel),
        ["search", ..] => SearchCommand.RunAsync(args[1..], cancel),
        ["health", .. var options] => HealthAnswers.AskAsync(options, cancel),
        ["migrate"] => MigrateAsync(cancel),
        ["help" or "--help" or "-h", ..] => HelpAsync(),
        ["serve", ..] or [] => ServeAsync(args is [] ? args : args[1..], cancel),
        [['-', '-', ..], ..] => ServeAsync(args, cancel),
        _ => throw new InvalidOperationException($"There is no command {string.Join(' ', args)}.\n{Usage}"),
    };

    private static async Task<int> MigrateAsync(CancellationToken cancel)
    {
        var owner = Environment.GetEnvironmentVariable("PORTAL_DB_OWNER");
        if (string.IsNullOrEmpty(owner)) throw new InvalidOperationException("PORTAL_DB_OWNER is not set. Give the connection string of the role that owns the tables; only this command uses it.");
        Console.WriteLine($"{await Migrator.RunAsync(owner, cancel)} migrations applied, the schema is at {Migrator.Names()[^1]}.");
        return 0;
    }

    private static async Task<int> ServeAsync(string[] args, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(args);
        await PortalApp.PrepareAsync(app, cancel);
        var first = FirstRunFeature.FirstAddress(app.Services);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(first is null ? $"Open {app.Services.GetRequiredService<PortalSettings>().Url}" : $"Nobody is here yet. Become the first operator at\n  {first}"));
        await app.RunAsync(cancel);
        return 0;
    }

    private static Task<int> HelpAsync()
    {
        Console.WriteLine($"TenantPortal {Assembly.GetExecutingAssembly().GetName().Version}\n{Usage}");
        return Task.FromResult(0);
    }
}
