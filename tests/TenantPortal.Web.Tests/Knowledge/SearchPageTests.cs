using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Tests.Knowledge;

/// <summary>What people see when they search, and what is kept of it.</summary>
public sealed class SearchPageTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private readonly Shelf shelf = new(portal);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World World => portal.World;

    public async ValueTask InitializeAsync()
    {
        await portal.AsAsync(World.Msp.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.ExecuteDeleteAsync(Cancel));
        foreach (var twin in new[] { World.Acorn, World.Birch }) await portal.AsAsync(twin.Id, s => s.GetRequiredService<PortalDb>().Searches.ExecuteDeleteAsync(Cancel));
        await shelf.PutAsync("mend-the-numbat", Shelf.Guide(Guid.NewGuid(), "Mend the numbat", Shelf.Step("open", "Open it.")));
        await shelf.PutAsync("feed-the-quokka", Shelf.Guide(Guid.NewGuid(), "Feed the quokka", Shelf.Step("feed", "Feed it.")));
        await shelf.PublishAsync(World.Acorn.Id);
        await shelf.PublishAsync(World.Birch.Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Where_nothing_is_found_topics_are_near_and_the_words_go_along_to_a_person()
    {
        using var eve = await portal.AsAsync(World.Acorn.Employee);
        var page = await eve.PageAsync("/c/acorn/guides/search?q=numbling%20zzz");
        Assert.Empty(page.QuerySelectorAll("main a[href*='/guides/mend-the-numbat']"));
        Assert.Equal("Everything else", Assert.Single(page.QuerySelectorAll("main .rows a")).TextContent);
        Assert.Equal("/c/acorn/report?text=numbling%20zzz", page.QuerySelector("main a.primary")!.GetAttribute("href"));
        Assert.Equal("numbling zzz", (await eve.PageAsync("/c/acorn/report?text=numbling%20zzz")).QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(("numbling zzz", 0, null), await LoggedAsync(World.Acorn.Id, s => (s.Text, s.Hits, s.ClickedId)));

        using var priya = await portal.AsAsync(World.Priya);
        var desk = await priya.PageAsync("/desk/guides?client=acorn&q=numbling%20zzz");
        Assert.StartsWith("/desk/guides/ACO/mend-the-numbat?search=", desk.QuerySelectorAll("main .rows a")[0].GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(desk.QuerySelector("main a[href='/desk/new?text=numbling%20zzz']"));
        // through the choice of the caller into the ticket
        Assert.Equal("numbling zzz", (await priya.PageAsync("/desk/new?text=numbling%20zzz")).QuerySelector("main form [name=text]")!.GetAttribute("value"));
        Assert.Equal("numbling zzz", (await priya.PageAsync($"/desk/new?caller=acorn.{World.Acorn.Employee.Id}&text=numbling%20zzz")).QuerySelector("textarea")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_guide_that_an_engineer_opens_is_noted_with_the_search_that_led_to_it()
    {
        using var priya = await portal.AsAsync(World.Priya);
        var link = (await priya.PageAsync("/desk/guides?client=acorn&q=quokka")).QuerySelector("main .rows a")!.GetAttribute("href")!;
        await priya.PageAsync(link);
        var guide = await portal.AsAsync(World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Published.Where(p => p.Slug == "feed-the-quokka").Select(p => p.RunbookId).SingleAsync(Cancel));
        Assert.Equal(("quokka", "staff", guide), await LoggedAsync(World.Acorn.Id, s => (s.Text, s.PersonKind, s.ClickedId!.Value)));
        // another person's search is not theirs to settle
        using var sam = await portal.AsAsync(World.Sam);
        await sam.PageAsync(link.Replace("feed-the-quokka", "mend-the-numbat", StringComparison.Ordinal));
        Assert.Equal(guide, await LoggedAsync(World.Acorn.Id, s => s.ClickedId));
    }

    [Fact]
    public async Task What_was_typed_is_forgotten_after_the_time_that_is_set_and_the_counts_stay()
    {
        using var eve = await portal.AsAsync(World.Acorn.Employee);
        await eve.PageAsync("/c/acorn/guides/search?q=numbat");
        await ForgetAsync();
        Assert.Equal("numbat", await LoggedAsync(World.Acorn.Id, s => s.Text));
        portal.Clock.PutForward(TimeSpan.FromDays(91));
        await ForgetAsync();
        Assert.Equal((null, 1), await LoggedAsync(World.Acorn.Id, s => (s.Text, s.Hits)));
        Assert.Contains("forget-searches", await Server.ListAllAsync<string>(portal.Owner, "select kind from job"));
    }

    [Fact]
    public async Task What_was_replaced_or_is_overdue_stands_behind_and_says_so()
    {
        var due = DateOnly.FromDateTime(portal.Clock.GetUtcNow().UtcDateTime);
        var old = await shelf.PutAsync("dress-the-bilby", Shelf.Guide(Guid.NewGuid(), "Dress the bilby", Shelf.Step("dress", "Dress the bilby.")));
        await shelf.PutAsync("clothe-a-bilby", Shelf.Guide(Guid.NewGuid(), "Clothe any bilby well", Shelf.Step("clothe", "Clothe it."), settings: "supersedes: [dress-the-bilby]"));
        var late = await shelf.PutAsync("comb-a-wombat", Shelf.Guide(Guid.NewGuid(), "Comb a wombat", Shelf.Step("comb", "Comb it.")));
        await shelf.PutAsync("comb-b-wombat", Shelf.Guide(Guid.NewGuid(), "Comb b wombat", Shelf.Step("comb", "Comb it.")));
        await portal.AsAsync(World.Msp.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.Where(v => v.RunbookId == late).ExecuteUpdateAsync(v => v.SetProperty(x => x.ReviewBy, due.AddDays(30)), Cancel));
        await shelf.PublishAsync(World.Acorn.Id);
        var reader = Shelf.Reader(World.Acorn);
        Assert.Equal(["clothe-a-bilby", "dress-the-bilby"], (await shelf.SearchAsync("dress the bilby", reader)).Hits.Select(h => h.Slug));
        Assert.Equal(["comb-a-wombat", "comb-b-wombat"], (await shelf.SearchAsync("comb wombat", reader)).Hits.Select(h => h.Slug).Order());
        Assert.Null((await shelf.ReadAsync("comb-a-wombat", reader))!.OverdueSince);
        portal.Clock.PutForward(TimeSpan.FromDays(31));
        Assert.Equal(["comb-b-wombat", "comb-a-wombat"], (await shelf.SearchAsync("comb wombat", reader)).Hits.Select(h => h.Slug));

        using var eve = await portal.AsAsync(World.Acorn.Employee);
        Assert.Equal("/c/acorn/guides/clothe-a-bilby", (await eve.PageAsync("/c/acorn/guides/dress-the-bilby")).QuerySelector(".banner.warn a")!.GetAttribute("href"));
        Assert.Contains("should have been checked", (await eve.PageAsync("/c/acorn/guides/comb-a-wombat")).QuerySelector("main > .banner.warn")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await eve.PageAsync("/c/acorn/guides/comb-b-wombat")).QuerySelector("main > .banner.warn"));
        Assert.NotEqual(Guid.Empty, old);
    }

    [Fact]
    public async Task The_command_says_why_a_guide_was_found()
    {
        await using var lines = new StringWriter();
        await SearchCommand.SayAsync(portal.Services, World.Acorn.Client, 0, explain: true, "my nubmat is broken", lines, Cancel);
        Assert.Contains("Searched for: my numbat is broken", $"{lines}", StringComparison.Ordinal);
        Assert.Contains("mend-the-numbat  Mend the numbat", $"{lines}", StringComparison.Ordinal);
        Assert.Contains("nubmat met numbat (repair in title)", $"{lines}", StringComparison.Ordinal);
    }

    private Task ForgetAsync() => portal.AsAsync(World.Acorn.Id, s => s.GetServices<IJobHandler>().Single(h => h.Kind == "forget-searches").RunAsync(new Job { TenantId = World.Acorn.Id, Kind = "forget-searches", DueAt = portal.Clock.GetUtcNow() }, Cancel));

    private Task<T> LoggedAsync<T>(TenantId client, Func<SearchLog, T> what) => portal.AsAsync(client, async s => what(await s.GetRequiredService<PortalDb>().Searches.AsNoTracking().OrderBy(x => x.At).FirstAsync(Cancel)));
}
