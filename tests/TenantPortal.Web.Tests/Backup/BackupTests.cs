using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Data.Backup;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Backup;

/// <summary>A backup is what a restore brings back: row for row, into another database, with its mail held.</summary>
public sealed class BackupTests(Portal portal) : IClassFixture<Portal>, IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("portal-backup").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_restored_database_has_equal_rows_and_goes_on_with_the_log_while_mail_is_held()
    {
        var ticket = await FillAsync();
        var made = await BackUpAsync(null);
        Assert.Contains(made.Tables, t => t is { Name: "ticket_secret", Rows: > 0 });
        Assert.Contains(made.Tables, t => t is { Name: "ticket_search", Rows: > 0 });
        await InNewDatabaseAsync(async (owner, app) =>
        {
            await RestoreBackup.RunAsync(owner, At("backup"), null, portal.Clock.GetUtcNow(), _ => { }, Cancel);
            var brought = await SumsAsync(owner);
            foreach (var table in made.Tables.Where(t => t.Name != "portal_setting")) Assert.Equal((table.Rows, table.Sum), brought[table.Name]);
            await using var back = await portal.AnotherAsync(("PORTAL_DB", app));

            // a client's secret opens, the person's words are there, new work goes on after the old numbers
            await using var scope = back.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(ticket.TenantId);
            var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
            var secret = await db.Secrets.SingleAsync(s => s.TicketId == ticket.Id, Cancel);
            Assert.Equal("Sommer-2024!", await back.Services.GetRequiredService<ClientKeys>().OpenTicketSecretAsync(ticket.TenantId, secret.Sealed, Cancel));
            var opened = await scope.ServiceProvider.GetRequiredService<Features.Tickets.OpenTicket>().RunAsync(Desk.Report(portal.World.Acorn, "After the restore"), Cancel);
            Assert.True(opened!.Ticket.Number > ticket.Number);
            // the log's chain goes on with what was not linked when the backup was made, and with the new
            while (await UnlinkedAsync(owner) > 0) await Task.Delay(100, Cancel);
            // held: the letter about the new ticket waits; released, it leaves
            while (!await db.Outbox.AsNoTracking().AnyAsync(m => m.TicketId == opened.Ticket.Id, Cancel)) await Task.Delay(50, Cancel);
            var hold = back.Services.GetRequiredService<OutsideHold>();
            await Assert.ThrowsAsync<NotYetException>(() => hold.PassAsync(Cancel));
            Assert.True(await db.Outbox.AsNoTracking().AllAsync(m => m.TicketId != opened.Ticket.Id || m.State == OutboxState.Queued, Cancel));
            Assert.Equal(0, await hold.ReleaseAsync(drop: false, Cancel));
            portal.Clock.PutForward(TimeSpan.FromMinutes(2));
            while (await db.Outbox.AsNoTracking().AnyAsync(m => m.TicketId == opened.Ticket.Id && m.State == OutboxState.Queued, Cancel)) await Task.Delay(50, Cancel);
        });
    }

    [Fact]
    public async Task One_client_comes_back_alone_and_the_others_stay_as_they_are()
    {
        var ticket = await FillAsync();
        await BackUpAsync("acorn");
        await BackUpAsync(null, "all");
        using (var file = ZipFile.OpenRead(At("backup"))) Assert.DoesNotContain(BackupManifest.Read(file).Tables, t => t.Name is "staff_member" or "portal_setting");
        Assert.Equal(0, (await Server.ListAsync<long>(portal.Owner, "select count(*) from client where false"))[0]);
        await InNewDatabaseAsync(async (owner, app) =>
        {
            await RestoreBackup.RunAsync(owner, At("all"), null, portal.Clock.GetUtcNow(), _ => { }, Cancel);
            await Server.ListAllAsync<string>(owner, "with gone as (delete from ticket_note returning 1) select 'x' from gone");
            await Server.ListAllAsync<string>(owner, $"update ticket set subject = 'spoilt' returning subject");
            await RestoreBackup.RunAsync(owner, At("backup"), "acorn", portal.Clock.GetUtcNow(), _ => { }, Cancel);
            Assert.Equal([ticket.Subject], await Server.ListAllAsync<string>(owner, $"select subject from ticket where id = '{ticket.Id}'"));
            Assert.All(await Server.ListAllAsync<string>(owner, $"select subject from ticket where tenant_id = '{portal.World.Birch.Id}'"), subject => Assert.Equal("spoilt", subject));
            Assert.NotEmpty(await Server.ListAllAsync<string>(owner, $"select subject from ticket where tenant_id = '{portal.World.Birch.Id}'"));
            await using var back = await portal.AnotherAsync(("PORTAL_DB", app));
        });
    }

    [Fact]
    public async Task The_role_of_backups_reads_all_and_writes_nothing()
    {
        await FillAsync();
        var backup = Server.Backup(new NpgsqlConnectionStringBuilder(portal.Owner).Database!);
        Assert.Equal(0, (await Server.ListAsync<long>(backup, "select count(*) from ticket"))[0]);
        Assert.True((await Server.ListAllAsync<long>(backup, "select count(distinct tenant_id) from ticket"))[0] >= 2);
        foreach (var write in new[] { "delete from ticket", "update ticket set subject = ''", "insert into portal_setting values ('x', 'y')", "truncate ticket", "select seal_events(1)" })
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => Server.ListAllAsync<int>(backup, write))).SqlState);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_changes_nothing()
    {
        await FillAsync();
        await BackUpAsync("acorn");
        await File.WriteAllTextAsync(At("text"), "no backup", Cancel);
        var bytes = await File.ReadAllBytesAsync(At("backup"), Cancel);
        await File.WriteAllBytesAsync(At("half"), bytes[..(bytes.Length / 2)], Cancel);
        foreach (var (file, client, said) in new[] { ("nowhere", null, "There is no file"), ("text", null, "is no backup"), ("half", "acorn", "is no backup"), ("backup", null, "alone"), ("backup", "birch", "alone") })
            Assert.Contains(said, (await Assert.ThrowsAsync<InvalidOperationException>(() => RestoreBackup.RunAsync(portal.Owner, At(file), client, portal.Clock.GetUtcNow(), _ => { }, Cancel))).Message, StringComparison.Ordinal);
        await BackUpAsync(null, "all");
        Assert.Contains("holds clients already", (await Assert.ThrowsAsync<InvalidOperationException>(() => RestoreBackup.RunAsync(portal.Owner, At("all"), null, portal.Clock.GetUtcNow(), _ => { }, Cancel))).Message, StringComparison.Ordinal);
        Assert.False(await portal.Services.GetRequiredService<OutsideHold>().IsHeldAsync(Cancel));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("backup")));
    }

    private async Task<Ticket> FillAsync()
    {
        await Desk.FurnishAsync(portal);
        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Outlook asks again", "My password is Sommer-2024! as always."));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => { t.Note("Looked at it", portal.World.Priya.Id, Desk.Of(portal.World.Priya), now); return null; }));
        await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Birch's printer is slow"));
        // nothing is on the way any more, so that two readings of the database are of one state
        while ((await Server.ListAsync<long>(portal.Owner, "select count(*) from job where done_at is null and dead_at is null and due_at < now() + interval '1 minute'"))[0] > 0 || await UnlinkedAsync(portal.Owner) > 0) await Task.Delay(50, Cancel);
        return ticket;
    }

    private static async Task<long> UnlinkedAsync(string owner) => (await Server.ListAllAsync<long>(owner, "select count(*) from ticket_event e where not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'ticket-event' and a.source_id = e.id::text)"))[0];

    private Task<BackupManifest> BackUpAsync(string? client, string name = "backup") => TakeBackup.RunAsync(Server.Backup(new NpgsqlConnectionStringBuilder(portal.Owner).Database!), client, At(name), portal.Clock.GetUtcNow(), _ => { }, Cancel);

    private static async Task<Dictionary<string, (long, string)>> SumsAsync(string owner)
    {
        await using var connection = await BackupTables.OpenAsync(owner, "owner", Cancel);
        var tables = new BackupTables(connection);
        var sums = new Dictionary<string, (long, string)>();
        foreach (var table in await tables.ListAsync(Cancel)) sums[table.Name] = await tables.SumAsync(table, null, Cancel);
        return sums;
    }

    private static async Task InNewDatabaseAsync(Func<string, string, Task> work)
    {
        var name = $"test_{Guid.NewGuid():n}";
        var (owner, app) = await Server.CreateDatabaseAsync(name);
        try { await work(owner, app); }
        finally { await Server.DropDatabaseAsync(name); }
    }

    private string At(string name) => Path.Combine(folder, name);
}
