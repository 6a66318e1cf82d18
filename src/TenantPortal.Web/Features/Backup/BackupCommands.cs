using System.Diagnostics;
using System.Globalization;
using TenantPortal.Web.Infrastructure.Data.Backup;

namespace TenantPortal.Web.Features.Backup;

/// <summary>./portal backup, restore and release</summary>
public static class BackupCommands
{
    public const string Usage = """
          backup [--client SLUG] FILE  everything, or everything of one client, at one moment (PORTAL_DB_BACKUP)
          restore [--client SLUG] FILE a backup into an empty database, or one client of it in the place of what is there (PORTAL_DB_OWNER)
          release [--drop]             let mail and hooks out again after a restore; with --drop what was waiting is not sent
        """;

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["backup", "--client", var slug, var file] => BackupAsync(slug, file, cancel),
        ["backup", [not '-', ..] file] => BackupAsync(null, file, cancel),
        ["restore", "--client", var slug, var file] => RestoreAsync(slug, file, cancel),
        ["restore", [not '-', ..] file] => RestoreAsync(null, file, cancel),
        ["release"] => ReleaseAsync(false, cancel),
        ["release", "--drop"] => ReleaseAsync(true, cancel),
        _ => throw new InvalidOperationException($"Write:\n{Usage}"),
    };

    private static async Task<int> BackupAsync(string? slug, string file, CancellationToken cancel)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} exists already. A backup never overwrites another.");
        var watch = Stopwatch.StartNew();
        var made = await TakeBackup.RunAsync(Setting("PORTAL_DB_BACKUP", "the role portal_backup, which may read all and write nothing"), slug, file, TimeProvider.System.GetUtcNow(), Say, cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made.Tables.Sum(t => t.Rows)} rows of {made.Tables.Count} tables{(slug is null ? "" : $" of {slug}")} in {watch.Elapsed.TotalSeconds:0.0} s: {file}, {new FileInfo(file).Length / 1024 / 1024} MB. The key file is not in it: keep it elsewhere."));
        return 0;
    }

    private static async Task<int> RestoreAsync(string? slug, string file, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var brought = await RestoreBackup.RunAsync(Setting("PORTAL_DB_OWNER", "the role that owns the tables"), file, slug, TimeProvider.System.GetUtcNow(), Say, cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(slug is null ? $"{brought.Tables.Sum(t => t.Rows)} rows, each as it was," : $"The client {slug}")} of {brought.MadeAt:yyyy-MM-dd HH:mm} UTC came back in {watch.Elapsed.TotalSeconds:0.0} s. Mail and hooks are held: look around, then ./portal release."));
        return 0;
    }

    private static async Task<int> ReleaseAsync(bool drop, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        var dropped = await app.Services.GetRequiredService<Infrastructure.Tenancy.OutsideHold>().ReleaseAsync(drop, cancel);
        Console.WriteLine(dropped is null ? "Nothing was held." : drop ? $"Mail and hooks go out again; {dropped} waiting messages were dropped and are listed in the outbox." : "Mail and hooks go out again, those that waited first.");
        return 0;
    }

    private static string Setting(string name, string whose) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : throw new InvalidOperationException($"{name} is not set. Give the connection string of {whose}; only this command uses it.");

    private static void Say(string table)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{table,-40}\r");
    }
}
