using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Knowledge;

/// <summary>A client's index as its keepers see it, and what happens to it when something breaks.</summary>
public sealed class IndexTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private readonly Shelf shelf = new(portal);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World World => portal.World;
    private Snapshots Snapshots => portal.Services.GetRequiredService<Snapshots>();

    public async ValueTask InitializeAsync()
    {
        await portal.AsAsync(World.Msp.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.ExecuteDeleteAsync(Cancel));
        foreach (var animal in new[] { "numbat", "quokka", "bilby" }) await shelf.PutAsync($"mend-the-{animal}", Shelf.Guide(Guid.NewGuid(), $"Mend the {animal}", Shelf.Step("open", $"Open the {animal}.")));
        await shelf.PublishAsync(World.Acorn.Id);
        await shelf.PublishAsync(World.Birch.Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_keeper_sees_the_index_tries_a_search_and_how_a_text_is_read()
    {
        using var sam = await portal.AsAsync(World.Sam);
        var page = await sam.PageAsync("/admin/knowledge/acorn?q=nubmat&tier=1&preview=nubmat%200X80070005");
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("3 guides", text, StringComparison.Ordinal);
        Assert.Equal("Mend the numbat", page.QuerySelector("ol.rows a")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("details tr"), row => row.TextContent.Contains("nubmat", StringComparison.Ordinal) && row.TextContent.Contains("numbat", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll("tr"), row => row.TextContent.Contains("taken for numbat", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll("td.mono"), cell => cell.TextContent == "0x80070005");
        using var nico = await portal.AsAsync(World.Nico);
        foreach (var path in new[] { "/admin/knowledge/acorn", "/admin/knowledge/birch" }) Assert.Equal(System.Net.HttpStatusCode.NotFound, (await nico.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await sam.GetAsync(new Uri("/admin/knowledge/nobody", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_synonym_works_with_the_next_search_at_that_client_alone()
    {
        var (acorn, birch) = (Shelf.Reader(World.Acorn), Shelf.Reader(World.Birch));
        Assert.Empty((await shelf.SearchAsync("marsupium", acorn)).Hits);
        using var sam = await portal.AsAsync(World.Sam);
        using (var added = await sam.SendAsync("/admin/knowledge/acorn?handler=Synonym", (await sam.PageAsync("/admin/knowledge/acorn")).Fill("handler=Synonym", ("Term", "quokka"), ("Same", "marsupium, pouch cat")))) Assert.Equal("/admin/knowledge/acorn#synonyms", $"{added.Headers.Location}");
        Assert.Equal("mend-the-quokka", Assert.Single((await shelf.SearchAsync("marsupium", acorn)).Hits).Slug);
        Assert.Empty((await shelf.SearchAsync("marsupium", birch)).Hits);
        Assert.Contains("same as quokka", (await sam.PageAsync("/admin/knowledge/acorn?preview=my%20pouch%20cat")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var again = await sam.SendAsync("/admin/knowledge/acorn?handler=Synonym", (await sam.PageAsync("/admin/knowledge/acorn")).Fill("handler=Synonym", ("Term", "quokka"), ("Same", "cat")));
        Assert.Contains("has other words already", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        // a publish of the library leaves what the client said itself
        await shelf.PublishAsync(World.Acorn.Id);
        Assert.Single((await shelf.SearchAsync("marsupium", acorn)).Hits);
    }

    [Fact]
    public async Task Searches_go_on_while_the_index_is_made_anew()
    {
        var reader = Shelf.Reader(World.Acorn);
        Assert.Single((await shelf.SearchAsync("numbat", reader)).Hits);
        using var sam = await portal.AsAsync(World.Sam);
        using (var sent = await sam.SendAsync("/admin/knowledge/acorn?handler=Rebuild", (await sam.PageAsync("/admin/knowledge/acorn")).Fill("handler=Rebuild"))) Assert.Equal("/admin/knowledge/acorn", $"{sent.Headers.Location}");
        for (var round = 0; round < 10; round++)
        {
            var rebuilding = Snapshots.RebuildAsync(World.Acorn.Id);
            do Assert.Single((await shelf.SearchAsync("numbat", reader)).Hits);
            while (!rebuilding.IsCompleted);
            await rebuilding;
        }
        Assert.Equal((3, 3, true, null), Snapshots.RebuildOf(World.Acorn.Id) is { } rebuild ? (rebuild.Done, rebuild.Total, rebuild.IsOver, rebuild.Failure) : default);
        Assert.Contains("Made anew from 3", (await sam.PageAsync("/admin/knowledge/acorn")).QuerySelector("main section [role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_cannot_be_made_anew_stays_as_it_is()
    {
        var reader = Shelf.Reader(World.Acorn);
        Assert.Single((await shelf.SearchAsync("numbat", reader)).Hits);
        await Server.SqlAsync(portal.Owner, "alter table glossary_term rename to glossary_gone");
        try { await Snapshots.RebuildAsync(World.Acorn.Id); }
        finally { await Server.SqlAsync(portal.Owner, "alter table glossary_gone rename to glossary_term"); }
        Assert.NotNull(Snapshots.RebuildOf(World.Acorn.Id)!.Failure);
        Assert.Single((await shelf.SearchAsync("numbat", reader)).Hits);
        using var sam = await portal.AsAsync(World.Sam);
        Assert.Contains("could not be made anew", (await sam.PageAsync("/admin/knowledge/acorn")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await Snapshots.RebuildAsync(World.Acorn.Id);
        Assert.Null(Snapshots.RebuildOf(World.Acorn.Id)!.Failure);
    }

    [Fact]
    public async Task A_guide_that_cannot_be_read_is_named_and_stops_no_other()
    {
        var broken = await portal.AsAsync(World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Published.Where(p => p.Slug == "mend-the-bilby").Select(p => p.RunbookId).SingleAsync(Cancel));
        await Server.SqlAsync(portal.Owner, $"select set_config('app.all', '1', false); update published_runbook set content = '{{\"steps\": 5}}' where runbook_id = '{broken}' and tenant_id = '{World.Acorn.Id}'");
        try
        {
            await Snapshots.RebuildAsync(World.Acorn.Id);
            Assert.Null(Snapshots.RebuildOf(World.Acorn.Id)!.Failure);
            Assert.Single((await shelf.SearchAsync("numbat", Shelf.Reader(World.Acorn))).Hits);
            Assert.Empty((await shelf.SearchAsync("bilby", Shelf.Reader(World.Acorn))).Hits);
            using var sam = await portal.AsAsync(World.Sam);
            Assert.Contains($"{broken}", (await sam.PageAsync("/admin/knowledge/acorn")).QuerySelector("main > .banner.warn")!.TextContent, StringComparison.Ordinal);
        }
        finally { await Server.SqlAsync(portal.Owner, $"select set_config('app.all', '1', false); delete from published_runbook where runbook_id = '{broken}' and tenant_id = '{World.Acorn.Id}'"); }
        await Snapshots.RebuildAsync(World.Acorn.Id);
    }

    [Fact]
    public async Task A_process_killed_in_a_large_import_leaves_an_index_that_equals_the_database()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("articles").FullName, "articles.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 1000).Select(i => JsonSerializer.Serialize(new { id = $"a{i}", title = $"Wombat number {i}", text = $"Comb wombat {i} twice." })), new UTF8Encoding(false), Cancel);
        var importing = portal.AsAsync(World.Birch.Id, s => s.GetRequiredService<ImportArticles>().RunAsync(file, "olive", CancellationToken.None));
        // its connections end in the middle, as with the process
        while (!importing.IsCompleted)
        {
            await Task.Delay(150, Cancel);
            await Server.ListAsync<bool>(portal.Owner, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename <> current_user and state <> 'idle'");
        }
        await Record.ExceptionAsync(() => importing);
        await using var again = await portal.AnotherAsync();
        await EqualAsync(again.Services);
        await portal.AsAsync(World.Birch.Id, s => s.GetRequiredService<ImportArticles>().RunAsync(file, "olive", Cancel));
        Assert.True(await EqualAsync(again.Services) >= 1000);
        // the subjects of a large library are learned while people search already
        var large = await KnownAsync(again.Services);
        await SelfService.GuideWorld.EventuallyAsync(() => Task.FromResult(!large.Snapshot(ReaderClass.Contact).IsUntrained));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        await ComesBackFromItsPackAsync(large.Generation);
    }

    /// <summary>A process that has nothing in memory reads the pack, and the guides themselves where that is broken.</summary>
    private async Task ComesBackFromItsPackAsync(long generation)
    {
        const string all = "select set_config('app.all', '1', false);", one = "mend-the-bilby";
        var birch = World.Birch.Id;
        await SelfService.GuideWorld.EventuallyAsync(() => portal.AsAsync(birch, s => s.GetRequiredService<PortalDb>().IndexPacks.AnyAsync(p => p.Generation == generation, Cancel)));
        // what is in the pack is not read again, so this is not seen
        await Server.SqlAsync(portal.Owner, $"{all} update published_runbook set content = '{{\"steps\": 5}}' where slug = '{one}' and tenant_id = '{birch}'");
        try
        {
            await using (var packed = await portal.AnotherAsync())
            {
                Assert.Empty((await KnownAsync(packed.Services)).Unread);
                await EqualAsync(packed.Services);
            }
            await Server.SqlAsync(portal.Owner, $"{all} update index_pack set bytes = overlay(bytes placing '\\x00ff' from 5000 for 2) where tenant_id = '{birch}'");
            await using var unpacked = await portal.AnotherAsync();
            Assert.Single((await KnownAsync(unpacked.Services)).Unread);
        }
        finally { await Server.SqlAsync(portal.Owner, $"{all} delete from published_runbook where slug = '{one}' and tenant_id = '{birch}'"); }
        await Snapshots.RebuildAsync(birch);
    }

    private async Task<ClientKnowledge> KnownAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(World.Birch.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        return await scope.ServiceProvider.GetRequiredService<Snapshots>().GetAsync(World.Birch.Id, await db.GenerationAsync(World.Birch.Id, Cancel), db, Cancel);
    }

    private async Task<int> EqualAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(World.Birch.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var knowledge = await KnownAsync(services);
        var stored = await db.Published.AsNoTracking().Where(p => !p.IsWithdrawn).Select(p => new { p.RunbookId, p.VersionHash }).ToListAsync(Cancel);
        Assert.Equal(stored.OrderBy(p => p.RunbookId).Select(p => (p.RunbookId, p.VersionHash)), knowledge.Guides.Values.OrderBy(g => g.RunbookId).Select(g => (g.RunbookId, g.VersionHash)));
        return stored.Count;
    }
}
