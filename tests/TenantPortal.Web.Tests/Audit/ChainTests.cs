using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Audit;

/// <summary>What happens to a client is linked, in the order of commits, by a role that is not the app's; whatever is altered afterwards is found.</summary>
public sealed class ChainTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_event_and_decision_is_linked_within_five_seconds()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, linked"));
        var sent = TimeProvider.System.GetTimestamp();
        List<AuditEntry> linked;
        do
        {
            await Task.Delay(100, Desk.Cancel);
            linked = await EntriesAsync(ticket);
        } while (linked.Count < ticket.Events.Count + 1 && TimeProvider.System.GetElapsedTime(sent) < TimeSpan.FromSeconds(5));
        Assert.Equal((await portal.ReadAsync(ticket)).Events.Select(e => $"{e.Id}").Order(), linked.Where(l => l.Source == "ticket-event").Select(l => l.SourceId).Order());
        Assert.Equal("verdict", Assert.Single(linked, l => l.Source == "decision").Kind);
        Assert.True((await CheckAsync()).IsWhole);
    }

    [Theory]
    [InlineData("update audit_entry set kind = 'Other'")]
    [InlineData("delete from audit_entry")]
    [InlineData("truncate audit_entry")]
    [InlineData("insert into audit_entry select * from audit_entry limit 1")]
    [InlineData("update ticket_event set actor_name = 'Nobody'")]
    [InlineData("delete from ticket_event")]
    [InlineData("update client_event set kind = 'other'")]
    [InlineData("delete from client_event")]
    [InlineData("update decision_record set output = '{}'")]
    [InlineData("delete from decision_record")]
    public async Task The_apps_role_can_read_the_log_and_alter_none_of_it(string sql)
    {
        await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, for the app's role"));
        await SealAsync();
        Assert.True((await Server.ListAllAsync<long>(portal.App, "select count(*) from audit_entry"))[0] > 0);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Server.ListAllAsync<long>(portal.App, $"with changed as ({sql} returning 1) select count(*) from changed".Replace("with changed as (truncate audit_entry returning 1) select count(*) from changed", "truncate audit_entry", StringComparison.Ordinal)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("update ticket_event set detail = detail || '{\"priority\": \"P4\"}' where id = (select source_id::bigint from audit_entry where tenant_id = '{0}' and source = 'ticket-event' and kind = 'VerdictGiven' order by number desc limit 1)", "What it stands for was changed after it was linked.")]
    [InlineData("delete from decision_record where id = (select source_id::uuid from audit_entry where tenant_id = '{0}' and source = 'decision' order by number desc limit 1)", "What it stands for is gone.")]
    [InlineData("update audit_entry set actor_id = '{0}' where tenant_id = '{0}' and number = (select max(number) from audit_entry where tenant_id = '{0}')", "Its own columns were changed after it was linked.")]
    [InlineData("delete from audit_entry where tenant_id = '{0}' and number = 2", "Links 2 to 2 are missing.")]
    [InlineData("update audit_entry set hash = sha256('x') where tenant_id = '{0}' and number = 3", "It does not follow from the link before it")]
    public async Task Whoever_owns_the_tables_alters_nothing_unseen(string sql, string sentence)
    {
        await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Printer, altered"));
        await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, altered"));
        await SealAsync();
        Assert.True((await CheckAsync()).IsWhole);
        await using var connection = await OwnerAsync();
        await using var transaction = await connection.BeginTransactionAsync(Desk.Cancel);
        await RunAsync(connection, sql.Replace("{0}", $"{Acorn.Id}", StringComparison.Ordinal));
        var chain = new AuditChain(Acorn.Id);
        await foreach (var line in AuditRows.ReadAsync(connection, Acorn.Id, Desk.Cancel)) chain.Follow(line.Entry, line.Content);
        await transaction.RollbackAsync(Desk.Cancel);
        Assert.Contains(chain.Problems, p => p.Sentence.StartsWith(sentence, StringComparison.Ordinal));
        Assert.True((await CheckAsync()).IsWhole);
    }

    [Fact]
    public async Task A_person_is_erased_and_the_chain_holds()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, erased"));
        await SealAsync();
        await using var connection = await OwnerAsync();
        await using var transaction = await connection.BeginTransactionAsync(Desk.Cancel);
        await RunAsync(connection, $"update ticket_event set actor_name = 'erased' where ticket_id = '{ticket.Id}'; update audit_entry set salt = null where ticket_id = '{ticket.Id}' and source = 'ticket-event'");
        var chain = new AuditChain(Acorn.Id);
        await foreach (var line in AuditRows.ReadAsync(connection, Acorn.Id, Desk.Cancel)) chain.Follow(line.Entry, line.Content);
        await transaction.RollbackAsync(Desk.Cancel);
        Assert.True(chain.IsWhole, string.Join('\n', chain.Problems));
        Assert.True(chain.Erased > 0);
    }

    [Fact]
    public async Task What_commits_late_is_linked_late_and_nothing_twice()
    {
        await using var slow = await AppAsync();
        await RunAsync(slow, $"begin; select set_config('app.all', '1', true); {Event("slow")}");
        await using (var quick = await AppAsync()) await RunAsync(quick, $"begin; select set_config('app.all', '1', true); {Event("quick")}; commit");
        // several sealers at once: one works, the others leave it alone
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SealAsync()));
        await RunAsync(slow, "commit");
        await SealAsync();
        var kinds = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().AuditEntries.Where(e => e.Kind == "slow" || e.Kind == "quick").OrderBy(e => e.Number).Select(e => e.Kind).ToListAsync(Desk.Cancel));
        Assert.Equal(["quick", "slow"], kinds);
        Assert.True((await CheckAsync()).IsWhole);
    }

    private string Event(string kind) => $"insert into client_event (tenant_id, kind, actor_name, at, detail) values ('{Acorn.Id}', '{kind}', 'test', now(), '{{}}')";

    private async Task<List<AuditEntry>> EntriesAsync(Ticket ticket) => await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().AuditEntries.AsNoTracking().Where(e => e.TicketId == ticket.Id.Value).OrderBy(e => e.Number).ToListAsync(Desk.Cancel));

    private async Task SealAsync()
    {
        // the program's own sealer may be at it: then there is nothing left to do for this one
        for (var quiet = 0; quiet < 2;) quiet = await AuditRows.SealAsync(portal.Services.GetRequiredService<NpgsqlDataSource>(), 1_000, Desk.Cancel) == 0 ? quiet + 1 : 0;
        await Task.Delay(50, Desk.Cancel);
    }

    private Task<AuditChain> CheckAsync() => portal.AsAsync(Acorn.Id, async s =>
    {
        var chain = new AuditChain(Acorn.Id);
        await foreach (var line in s.GetRequiredService<AuditRows>().AllAsync(Acorn.Id, Desk.Cancel)) chain.Follow(line.Entry, line.Content);
        Assert.True(chain.Count > 0);
        return chain;
    });

    private Task<NpgsqlConnection> OwnerAsync() => OpenAsync(portal.Owner);

    private Task<NpgsqlConnection> AppAsync() => OpenAsync(portal.App);

    private static async Task<NpgsqlConnection> OpenAsync(string text)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(text) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Desk.Cancel);
        await RunAsync(connection, "select set_config('app.all', '1', false)");
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Desk.Cancel);
    }
}
