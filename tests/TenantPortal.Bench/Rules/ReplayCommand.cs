using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench.Rules;

/// <summary>Asks for a replay of a changed clause as its page does, over 10,000 tickets of one client, and watches its bar until it is done.</summary>
internal static class ReplayCommand
{
    private const string Slug = "northwind";
    private const double MustSeconds = 10;

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            var (owner, app) = await cluster.CreateDatabaseAsync("bench_replay");
            var portal = new PortalProcess(owner, app, folder);
            await Migrator.RunAsync(owner, cancel);
            await portal.CommandAsync("demo");
            var (client, version) = await DraftAsync(portal, cancel);
            await FillAsync(owner, client, cancel);
            await using var served = await portal.ServeAsync("/desk/sign-in");
            await AskAsync(portal, client, version, cancel);
            return await WatchAsync(owner, cancel) ? 0 : 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<(TenantId Client, Guid Version)> DraftAsync(PortalProcess portal, CancellationToken cancel)
    {
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, cancel);
        var client = app.Services.GetRequiredService<ClientDirectory>().BySlug(Slug)!.Id;
        return (client, await app.Services.GetRequiredService<ClientScopes>().RunAsync(client, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            var clause = await db.Clauses.OrderBy(c => c.Priority).FirstAsync(cancel);
            var version = new ClauseVersion
            {
                TenantId = client, ClauseId = clause.Id, ContractId = clause.ContractId, Number = clause.Version + 1, BasedOn = clause.Version, Rule = ClauseRule.Of(clause) with { Priority = Priority.P3 }, Cases = [],
                AuthorId = Guid.NewGuid(), AuthorName = "Bench", CreatedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Add(version);
            await db.SaveChangesAsync(cancel);
            return version.Id;
        }));
    }

    // tickets of the last weeks with texts as people write them; how they were opened is not what is measured
    private static async Task FillAsync(string owner, TenantId client, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false });
        await using var open = await database.OpenConnectionAsync(cancel);
        await using (var settings = new NpgsqlCommand("select set_config('app.all', '1', false), set_config('app.quiet', '1', false)", open)) await settings.ExecuteNonQueryAsync(cancel);
        await using var fill = new NpgsqlCommand("""
            with person as (select id, site_id from contact where tenant_id = $1 order by name limit 1), made as (
              insert into ticket (tenant_id, id, number, subject, contact_id, site_id, channel, submission_key, status, is_open, is_trying_guide, gate_complete, category, priority, risk_tags, queue, opened_at, due_at, updated_at, reopen_count, message_count)
              select $1, gen_random_uuid(), 100000 + n, left(($2::text[])[1 + n % array_length($2, 1)], 100), person.id, person.site_id, 'Portal', gen_random_uuid(), 'Resolved', false, false, true, 'other/question', 3, 'None', 'service-desk', at, at, at, 0, 1
              from person, (select n, now() - n * interval '5 minutes' as at from generate_series(1, $3) n) t
              returning tenant_id, id, number, contact_id, opened_at)
            insert into ticket_message (tenant_id, id, ticket_id, number, author_kind, author_id, author_name, text, channel, at)
            select tenant_id, gen_random_uuid(), id, 1, 'Contact', contact_id, 'Somebody', ($2::text[])[1 + (number - 100000) % array_length($2, 1)], 'Portal', opened_at from made
            """, open) { Parameters = { new() { Value = client.Value }, new() { Value = DemoRules.Texts.ToArray() }, new() { Value = RuleReplay.MostTickets } } };
        await fill.ExecuteNonQueryAsync(cancel);
        await Cluster.SqlAsync(owner, "analyze ticket", "analyze ticket_message");
    }

    private static async Task AskAsync(PortalProcess portal, TenantId client, Guid version, CancellationToken cancel)
    {
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, cancel);
        await app.Services.GetRequiredService<ClientScopes>().RunAsync(client, services => services.GetRequiredService<AskReplay>().RunAsync(client, version, TimeProvider.System.GetUtcNow(), cancel));
    }

    private static async Task<bool> WatchAsync(string owner, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var bar = new List<string>();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2))
        {
            var now = await Cluster.AskAsync<string>(owner, "select state || ' ' || done || ' ' || total from rule_replay");
            var at = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (bar.Count == 0 || !bar[^1].EndsWith(now, StringComparison.Ordinal)) bar.Add(string.Create(CultureInfo.InvariantCulture, $"{at:f1} s {now}"));
            if (now.StartsWith("Done", StringComparison.Ordinal))
            {
                var changed = await Cluster.AskAsync<string>(owner, "select changes ->> 'changed' from rule_replay");
                Console.WriteLine($"the bar moved {bar.Count} times: {string.Join(", ", bar.Where((_, i) => i % Math.Max(1, bar.Count / 6) == 0))}");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{RuleReplay.MostTickets} past tickets tried in {at:f1} s, {changed} would differ   must {MustSeconds:f0} s"));
                return at <= MustSeconds;
            }
            await Task.Delay(100, cancel);
        }
        Console.WriteLine($"It did not come to its end: {bar[^1]}");
        return false;
    }
}
