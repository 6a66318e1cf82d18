using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Features.Upkeep;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Upkeep;

/// <summary>The commands with which an operator looks after an installation.</summary>
public sealed class UpkeepTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_doctor_finds_nothing_wrong_and_then_the_table_without_a_wall()
    {
        await using var well = new StringWriter();
        Assert.True(await UpkeepCommands.SayAsync(portal.Services.GetRequiredService<Doctor>(), well, Desk.Cancel), well.ToString());
        foreach (var what in new[] { "settings", "role", "policies", "key", "jobs", "mail", "disk", "clock" }) Assert.Contains($"ok     {what}", well.ToString(), StringComparison.Ordinal);
        await Server.SqlAsync(portal.Owner, "create table loose (tenant_id uuid not null); grant select on loose to portal_app");
        await using var ill = new StringWriter();
        Assert.False(await UpkeepCommands.SayAsync(portal.Services.GetRequiredService<Doctor>(), ill, Desk.Cancel));
        Assert.Contains("WRONG  policies  loose has no forced policy.", ill.ToString(), StringComparison.Ordinal);
        await Server.SqlAsync(portal.Owner, "drop table loose; alter table ticket no force row level security; alter table ticket disable row level security; insert into job (id, tenant_id, kind, due_at) values (gen_random_uuid(), gen_random_uuid(), 'nothing-does-this', now() - interval '1 hour')");
        await using var open = new StringWriter();
        Assert.False(await UpkeepCommands.SayAsync(portal.Services.GetRequiredService<Doctor>(), open, Desk.Cancel));
        Assert.Contains("WRONG  policies  ticket has no forced policy.", open.ToString(), StringComparison.Ordinal);
        Assert.Contains("WRONG  jobs      work has been waiting since", open.ToString(), StringComparison.Ordinal);
        await Server.SqlAsync(portal.Owner, "alter table ticket enable row level security; alter table ticket force row level security; delete from job where kind = 'nothing-does-this'");
    }

    [Fact]
    public async Task Setup_is_refused_once_there_is_anybody_and_says_what_is_missing()
    {
        var given = new Dictionary<string, string> { ["--provider"] = "Maple IT", ["--name"] = "Olive Ash", ["--email"] = "olive@maple.example" };
        Assert.StartsWith("This installation has its people already.", await RefusedAsync(given), StringComparison.Ordinal);
        Assert.StartsWith("“x” is not a mail address.", await RefusedAsync(new(given) { ["--email"] = "x" }), StringComparison.Ordinal);
        Assert.StartsWith("Give --name.", await RefusedAsync(new(given) { ["--name"] = "" }), StringComparison.Ordinal);
        Assert.StartsWith("“Mars” is not a time zone", await RefusedAsync(new(given) { ["--time-zone"] = "Mars" }), StringComparison.Ordinal);
        // an installation of nobody
        var staff = portal.Services.GetRequiredService<StaffDirectory>();
        await Server.SqlAsync(portal.Owner, "create table kept as table staff_member; delete from staff_member");
        await staff.RefreshAsync(Desk.Cancel);
        var said = await UpkeepCommands.FoundAsync(portal.Services, given, Desk.Cancel);
        Assert.StartsWith("Olive Ash chooses a password within 7 days, once, at", said, StringComparison.Ordinal);
        Assert.Equal(("olive", StaffRoles.Operator, true), staff.All.Single() is var first ? (first.Key, first.Roles, first.ServesAllClients) : default);
        using var browser = portal.Browser(follow: false);
        using var link = await browser.GetAsync(new Uri(said[said.IndexOf("/desk/", StringComparison.Ordinal)..].Trim(), UriKind.Relative), Desk.Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, link.StatusCode);
        Assert.StartsWith("This installation has its people already.", await RefusedAsync(given), StringComparison.Ordinal);
        await Server.SqlAsync(portal.Owner, "delete from staff_member; insert into staff_member select * from kept; drop table kept");
        await staff.RefreshAsync(Desk.Cancel);
    }

    [Fact]
    public async Task Triage_says_verdict_and_reasons_and_stores_nothing()
    {
        await Desk.FurnishAsync(portal);
        await using var said = new StringWriter();
        await TriageCommand.SayAsync(portal.Services, portal.World.Acorn.Client, new Report { Subject = "All the tills are down", Text = "All the tills are down, nobody can pay" }, said, Desk.Cancel);
        Assert.StartsWith("P1  Tills (pos/till), queue retail-systems", said.ToString(), StringComparison.Ordinal);
        Assert.Contains(Desk.Quote, said.ToString(), StringComparison.Ordinal);
        Assert.Empty(await Server.ListAllAsync<Guid>(portal.Owner, "select id from ticket union all select id from decision_record"));
    }

    private async Task<string> RefusedAsync(Dictionary<string, string> given) => (await Assert.ThrowsAsync<InvalidOperationException>(() => UpkeepCommands.FoundAsync(portal.Services, given, Desk.Cancel))).Message;
}
