using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Content;

public sealed class PackImportTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private Client msp = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var clients = portal.Services.GetRequiredService<ClientDirectory>();
        if (!clients.All.Any(c => c.IsMsp)) await clients.AddAsync(new Client { Slug = "maple", Name = "Maple IT", TicketPrefix = "MAP", TimeZone = "Europe/London", IsMsp = true }, Cancel);
        msp = clients.Msp;
        await portal.AsAsync(msp.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            await db.RunbookVersions.ExecuteDeleteAsync(Cancel);
            await db.RequestTypes.ExecuteDeleteAsync(Cancel);
            await db.TriageRules.ExecuteDeleteAsync(Cancel);
        });
    }

    [Fact]
    public async Task Guides_arrive_as_drafts_unless_somebody_answers_for_their_bytes()
    {
        using var folder = new ContentFolder();
        var arrived = await ImportAsync(folder, approveAs: null);
        Assert.Equal((1, 0), (arrived.NewVersions, arrived.Approved));
        Assert.Equal(RunbookState.Draft, (await VersionsAsync()).Single().State);

        var approved = await ImportAsync(folder, approveAs: "olive");
        Assert.Equal((0, 1), (approved.NewVersions, approved.Approved));
        var version = (await VersionsAsync()).Single();
        Assert.Equal((RunbookState.Approved, "Olive Ash"), (version.State, version.ApprovedBy));
        Assert.Contains(await portal.AsAsync(msp.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.ToListAsync(Cancel)), e => e.Kind == "runbook-approved" && e.Detail["hash"] == version.Hash && e.ActorName == "Olive Ash");
    }

    [Fact]
    public async Task Only_changed_bytes_make_a_new_version_and_the_old_one_stays_until_the_new_one_is_approved()
    {
        using var folder = new ContentFolder();
        await ImportAsync(folder, approveAs: "olive");
        Assert.Equal(0, (await ImportAsync(folder, approveAs: "olive")).NewVersions);

        folder.Change("runbooks/reset-password.md", "Type it twice.", "Type it two times.");
        await ImportAsync(folder, approveAs: null);
        Assert.Equal([RunbookState.Approved, RunbookState.Draft], (await VersionsAsync()).Select(v => v.State));
        await ImportAsync(folder, approveAs: "olive");
        Assert.Equal([RunbookState.Archived, RunbookState.Approved], (await VersionsAsync()).Select(v => v.State));
    }

    [Fact]
    public async Task Nothing_of_a_broken_pack_reaches_the_database()
    {
        using var folder = new ContentFolder();
        folder.Change("glossary.yml", "terms:", "words:");
        var refused = await ImportAsync(folder, approveAs: "olive");
        Assert.Contains(refused.Problems, p => p is { File: "glossary.yml", Line: 2 });
        Assert.Empty(await VersionsAsync());
        Assert.Empty(await portal.AsAsync(msp.Id, s => s.GetRequiredService<PortalDb>().RequestTypes.ToListAsync(Cancel)));

        folder.Change("glossary.yml", "words:", "terms:");
        Assert.Empty((await ImportAsync(folder, approveAs: "olive")).Problems);
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task Changed_triage_rules_are_taken_in_once_it_is_seen_what_they_would_have_changed()
    {
        var acorn = portal.World.Acorn;
        await Desk.FurnishAsync(portal);
        var stopped = Desk.Report(acorn, "Printer prints nothing");
        var ticket = await portal.SendAsync(acorn.Id, stopped with { Report = stopped.Report with { Urgency = Urgency.Stopped } });
        await portal.SendAsync(acorn.Id, Desk.Report(acorn, "Printer prints stripes"));
        using var folder = new ContentFolder();
        await ImportAsync(folder, approveAs: "olive");
        folder.Change("triage/matrix.yml", "one: { stopped: P3", "one: { stopped: P1");
        Assert.Contains((await ImportAsync(folder, approveAs: "olive")).Problems, p => p.ToString().Contains("See first what they would have changed: content try", StringComparison.Ordinal));

        using var said = new StringWriter();
        Assert.True(await portal.Services.GetRequiredService<TryPack>().RunAsync(folder.Path, "acorn", new(said, isTerminal: false), Cancel));
        Assert.Contains("Acorn: 1 of 2 tickets of the last 90 days would have been treated otherwise (1 more urgent", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"ACO-{ticket.Number}: P3, service-desk -> P1, service-desk", said.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty((await ImportAsync(folder, approveAs: "olive")).Problems);   // one client is not all of them
        Assert.True(await portal.Services.GetRequiredService<TryPack>().RunAsync(folder.Path, null, new(said, isTerminal: false), Cancel));
        Assert.Empty((await ImportAsync(folder, approveAs: "olive")).Problems);
    }

    [Fact]
    public async Task Nobody_can_be_named_who_may_not_approve()
    {
        using var folder = new ContentFolder();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ImportAsync(folder, approveAs: "nobody"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ImportAsync(folder, approveAs: "nico"));
        Assert.Contains("may not approve", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_of_the_product_imports_without_a_problem_and_a_second_time_changes_nothing()
    {
        var folder = Path.Combine(Server.Folder, "content", "packs", "it-basics");
        var first = await ImportAsync(folder, "olive");
        Assert.Empty(first.Problems);
        Assert.True(first.Runbooks >= 45 && first.RequestTypes >= 10 && first.Pictures >= 12, first.ToString());
        Assert.Equal((first.Runbooks, first.Runbooks), (first.NewVersions, first.Approved));

        var events = await portal.AsAsync(msp.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.CountAsync(Cancel));
        var second = await ImportAsync(folder, "olive");
        Assert.Equal((0, 0), (second.NewVersions, second.Approved));
        Assert.Equal(events, await portal.AsAsync(msp.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.CountAsync(Cancel)));
    }

    private Task<ImportedPack> ImportAsync(ContentFolder folder, string? approveAs) => ImportAsync(folder.Path, approveAs);

    private Task<ImportedPack> ImportAsync(string folder, string? approveAs) => portal.AsAsync(msp.Id, s => s.GetRequiredService<ImportPack>().RunAsync(folder, approveAs, Cancel));

    private Task<List<RunbookVersion>> VersionsAsync() => portal.AsAsync(msp.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.OrderBy(v => v.Number).ToListAsync(Cancel));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
