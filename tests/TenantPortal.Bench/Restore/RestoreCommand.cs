using System.Diagnostics;
using System.Globalization;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Data.Backup;

namespace TenantPortal.Bench.Restore;

/// <summary>Backs up a cluster with the demo in it, restores the file into a cluster of its own, compares every table row by row, and starts the portal there.</summary>
internal static class RestoreCommand
{
    public const string Usage = "restore";
    private const string Database = "bench_restore";

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using Cluster from = new(), to = new();
            var (owner, app) = await from.CreateDatabaseAsync(Database);
            await Migrator.RunAsync(owner, cancel);
            await new PortalProcess(owner, app, folder).CommandAsync("demo");
            var (file, watch) = (Path.Combine(folder, "backup.zip"), Stopwatch.StartNew());
            var made = await TakeBackup.RunAsync(from.Backup(Database), null, file, TimeProvider.System.GetUtcNow(), _ => { }, cancel);
            Say($"backup: {made.Tables.Sum(t => t.Rows)} rows of {made.Tables.Count} tables, {new FileInfo(file).Length / 1024.0 / 1024:0.0} MB, {watch.Elapsed.TotalSeconds:0.0} s");

            var (newOwner, newApp) = await to.CreateDatabaseAsync(Database);
            watch.Restart();
            await RestoreBackup.RunAsync(newOwner, file, null, TimeProvider.System.GetUtcNow(), _ => { }, cancel);
            Say($"restore into a new cluster: {watch.Elapsed.TotalSeconds:0.0} s");
            var different = await CompareAsync(newOwner, made, cancel);
            Say($"tables whose rows differ: {different}");
            await using var served = await new PortalProcess(newOwner, newApp, folder).ServeAsync("/demo");
            Console.WriteLine("the portal serves the restored cluster");
            return different == 0 ? 0 : 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<int> CompareAsync(string owner, BackupManifest made, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(owner, "owner", cancel);
        var tables = new BackupTables(connection);
        var different = 0;
        // the hold is the one row that a restore adds
        foreach (var table in await tables.ListAsync(cancel))
            if (table.Name != "portal_setting" && await tables.SumAsync(table, null, cancel) is var (rows, sum) && made.Tables.Single(t => t.Name == table.Name) is var was && (was.Rows, was.Sum) != (rows, sum)) different++;
        return different;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
