using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Bench.Alarms;

/// <summary>Fifty companies, and open tickets whose clocks run, written as rows: how they were opened is not what is measured.</summary>
internal sealed class AlarmSeed(PortalProcess portal)
{
    private const int Companies = 50;
    private readonly List<(TenantId Client, Guid Contact)> people = [];
    private int number = 2000;

    public async Task BeginAsync(CancellationToken cancel)
    {
        await Migrator.RunAsync(portal.Owner, cancel);
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, cancel);
        await PortalPeople.HireAsync(app.Services, cancel);
        for (var i = 0; i < Companies; i++)
        {
            var company = PortalPeople.Company(i);
            await app.Services.GetRequiredService<ClientDirectory>().AddAsync(company, cancel);
            people.Add((company.Id, (await PortalPeople.ContactsAsync(app.Services, company, cancel))[1].Id.Value));
        }
    }

    /// <summary>The urgent path with these steps; who does not answer is called again after so many minutes.</summary>
    public async Task FollowAsync(int callAgain, params PathStep[] steps)
    {
        await using var app = portal.Build();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContextAsync();
        db.RemoveRange(db.Paths);
        var path = new EscalationPath { Key = EscalationPath.Urgent, Name = "Urgent", Number = 1, Lead = "service-lead", CallAgainMinutes = callAgain, HandOver = Autonomy.Act, AuthorName = "Bench", WrittenAt = DateTimeOffset.UnixEpoch, Steps = [.. steps] };
        path.Approve(true, Guid.NewGuid(), "Lena", _ => true, DateTimeOffset.UnixEpoch);
        db.Add(path);
        await db.SaveChangesAsync();
    }

    /// <summary>Channels that call and show cards at this address.</summary>
    public async Task ReachAsync(Uri sink)
    {
        await using var app = portal.Build();
        await PortalApp.PrepareAsync(app, CancellationToken.None);
        var secrets = app.Services.GetRequiredService<HookSecrets>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContextAsync();
        foreach (var (kind, name) in new[] { (HookKind.Opsgenie, "calls"), (HookKind.Webhook, "cards") })
            db.Add(new Hook { Kind = kind, Name = name, Address = new Uri(sink, name).ToString(), SealedSecret = secrets.Seal("bench"), ByName = "Bench", MadeAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }

    /// <summary>P1 tickets, each opened the given seconds after the one before; the alarm rings so many minutes after the opening.</summary>
    public async Task OpenAsync(int tickets, DateTimeOffset first, double apart, double ringsAfterMinutes)
    {
        var rows = tickets / Companies;
        var sql = new List<string> { "select set_config('app.all', '1', false)", "select set_config('app.quiet', '1', false)" };
        foreach (var ((client, contact), place) in people.Select((p, i) => (p, i)))
            sql.Add(string.Create(CultureInfo.InvariantCulture, $"""
                with made as (
                  insert into ticket (tenant_id, id, number, subject, contact_id, channel, submission_key, status, is_open, is_trying_guide, gate_complete, category, priority, risk_tags, queue, opened_at, due_at, updated_at, reopen_count, message_count)
                  select '{client}', gen_random_uuid(), {number} + n, 'Till ' || n, '{contact}', 'Portal', gen_random_uuid(), 'New', true, false, true, 'other/question', 1, 'None', 'service-desk', at, at + interval '30 minutes', at, 0, 0
                  from (select n, timestamptz '{first.UtcDateTime:O}' + (n * {Companies} + {place}) * interval '{apart} seconds' as at from generate_series(0, {rows - 1}) n) t
                  returning tenant_id, id, opened_at)
                insert into alarm (tenant_id, ticket_id, due_at) select tenant_id, id, opened_at + interval '{ringsAfterMinutes} minutes' from made
                """));
        number += rows;
        await Cluster.SqlAsync(portal.Owner, [.. sql, "analyze ticket", "analyze alarm"]);
    }
}
