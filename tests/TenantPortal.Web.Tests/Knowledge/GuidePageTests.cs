using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Looks;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Knowledge;

public sealed class GuidePageTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private readonly Shelf shelf = new(portal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World World => portal.World;

    public async ValueTask InitializeAsync()
    {
        await portal.AsAsync(World.Msp.Id, async s => { var db = s.GetRequiredService<PortalDb>(); await db.RunbookVersions.ExecuteDeleteAsync(Cancel); await db.Media.ExecuteDeleteAsync(Cancel); db.Add(new PackMedia { TenantId = World.Msp.Id, Pack = "basics", Name = "page.svg", MediaType = "image/svg+xml", Bytes = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() }); await db.SaveChangesAsync(Cancel); });
        await portal.AsAsync(World.Acorn.Id, async s => { var db = s.GetRequiredService<PortalDb>(); await db.Searches.ExecuteDeleteAsync(Cancel); await db.GuideEvents.ExecuteDeleteAsync(Cancel); });
        await portal.Services.GetRequiredService<ClientDirectory>().ChangeAsync(World.Acorn.Id, c => c.Packs = ["basics"], Cancel);
        await shelf.PutAsync("mend-numbat", Shelf.Guide(Guid.NewGuid(), "Mend the numbat", Shelf.Step("open", "Open it, {{person.first_name}}.\n\n![The page](media/page.svg)", title: "Open the lid") + Shelf.Step("reset", "Type numbatctl.", "actor: agent, min_tier: 2", "Reset it") + Shelf.Step("close", "Close it at {{site.name}}.", title: "Close the lid"),
            "{ person.first_name: { type: text, required: true, description: Name }, site.name: { type: text, required: true, description: Site } }"), pack: "basics");
        await shelf.PublishAsync(World.Acorn.Id);
        await shelf.PublishAsync(World.Birch.Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_contact_finds_reads_and_is_done_without_a_request()
    {
        using var browser = portal.As(World.Acorn);
        Assert.Contains("Everything else", await PageAsync(browser, "/c/acorn/guides"), StringComparison.Ordinal);
        Assert.Contains("Mend the numbat", await PageAsync(browser, "/c/acorn/guides?topic=Everything%20else"), StringComparison.Ordinal);
        var found = await PageAsync(browser, "/c/acorn/guides/search?q=my%20numbat%20is%20broken");
        var link = new HtmlParser().ParseDocument(found).QuerySelector("a.row-title")!.GetAttribute("href")!;
        Assert.StartsWith("/c/acorn/guides/mend-numbat?text=my%20numbat%20is%20broken&search=", link, StringComparison.Ordinal);

        var guide = await PageAsync(browser, link);
        Assert.Contains("Open it, Eve.", guide, StringComparison.Ordinal);
        Assert.Contains("Close it at High Street.", guide, StringComparison.Ordinal);
        Assert.Contains("Approved by Acorn", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("numbatctl", guide, StringComparison.Ordinal);
        Assert.Contains("/c/acorn/report?text=my%20numbat%20is%20broken", guide, StringComparison.Ordinal);
        var picture = await browser.GetAsync(new Uri("/c/acorn/media/basics/page.svg", UriKind.Relative), Cancel);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", string.Join(' ', picture.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        var form = new HtmlParser().ParseDocument(guide).QuerySelector("form[action*=Solved]")!;
        var answer = await browser.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))), Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var (events, search) = await portal.AsAsync(World.Acorn.Id, async s => (await s.GetRequiredService<PortalDb>().GuideEvents.OrderBy(e => e.At).Select(e => e.Kind).ToListAsync(Cancel), await s.GetRequiredService<PortalDb>().Searches.SingleAsync(x => x.Place == "search", Cancel)));
        Assert.Equal(["offered", "opened", "solved"], events);
        Assert.NotNull(search.ClickedId);
    }

    [Fact]
    public async Task The_guided_view_shows_one_step_and_skips_what_is_not_for_contacts()
    {
        using var browser = portal.As(World.Acorn);
        var first = await PageAsync(browser, "/c/acorn/guides/mend-numbat/steps?text=help");
        Assert.Contains("Step 1 of 2", first, StringComparison.Ordinal);
        Assert.Contains("/steps?step=close&amp;text=help", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Close it at", first, StringComparison.Ordinal);
        Assert.Contains("/steps?step=-end", await PageAsync(browser, "/c/acorn/guides/mend-numbat/steps?step=close"), StringComparison.Ordinal);
        Assert.Contains("Did this solve it?", await PageAsync(browser, "/c/acorn/guides/mend-numbat/steps?step=-end"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri("/c/acorn/guides/mend-numbat/steps?step=reset", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_did_not_help_before_sending_is_kept_with_its_step_and_tied_to_the_request()
    {
        using var browser = await portal.AsAsync(World.Acorn.Employee);
        const string first = "/c/acorn/guides/mend-numbat/steps?text=my%20numbat%20is%20broken", end = "/c/acorn/guides/mend-numbat/steps?step=-end";
        using (var couldnt = await browser.SendAsync("/c/acorn/guides/mend-numbat/steps?step=open&text=my%20numbat%20is%20broken", (await browser.PageAsync(first)).Fill("steps?step=open&text=my%20numbat%20is%20broken", ("answer", "Couldnt"))))
            Assert.Equal("/c/acorn/guides/mend-numbat/steps?step=close&text=my%20numbat%20is%20broken", $"{couldnt.Headers.Location}");
        using (var unsolved = await browser.SendAsync(end, (await browser.PageAsync(end)).Fill("steps?step=-end", ("answer", "Unsolved"))))
            Assert.StartsWith("/c/acorn/report", $"{unsolved.Headers.Location}", StringComparison.Ordinal);
        using (var nonsense = await browser.SendAsync(end, (await browser.PageAsync(end)).Fill("steps?step=-end", ("answer", "Solved")))) Assert.Equal(HttpStatusCode.NotFound, nonsense.StatusCode);
        var ticket = await portal.SendAsync(World.Acorn.Id, Desk.Report(World.Acorn, "My numbat is broken"));
        await portal.AsAsync(World.Acorn.Id, async s => { await s.GetRequiredService<BeforeSending>().LedToAsync(ticket, Cancel); return true; });
        var events = await portal.AsAsync(World.Acorn.Id, s => s.GetRequiredService<PortalDb>().GuideEvents.AsNoTracking().OrderBy(e => e.At).ToListAsync(Cancel));
        Assert.Equal([("couldnt", "open", ticket.Id.Value), ("unsolved", null, ticket.Id.Value)], events.Select(e => (e.Kind, e.Step, e.TicketId)));
    }

    [Fact]
    public async Task Typing_gets_a_fragment_and_leaves_one_row_where_it_settled()
    {
        using var browser = portal.As(World.Acorn);
        foreach (var typed in new[] { "mend", "mend the nu", "mend the numba" }) await PageAsync(browser, "/c/acorn/suggest?Text=" + Uri.EscapeDataString(typed));
        var fragment = await PageAsync(browser, "/c/acorn/suggest?q=mend%20the%20numbat");
        Assert.Contains("Mend the numbat", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("Mend", await PageAsync(browser, "/c/acorn/suggest?q=zzzz"), StringComparison.Ordinal);
        Assert.Equal(["mend the numbat", "zzzz"], await portal.AsAsync(World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Searches.Where(x => x.Place == "report").OrderBy(x => x.At).Select(x => x.Text).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task An_engineer_sees_the_steps_of_the_tier_and_why_a_guide_was_found()
    {
        using var priya = portal.As(World.Priya, Door.Desk);
        var found = await PageAsync(priya, "/desk/guides?client=acorn&q=numbatctl");
        Assert.Contains("/desk/guides/ACO/mend-numbat", found, StringComparison.Ordinal);
        Assert.Contains("numbatctl", new HtmlParser().ParseDocument(found).QuerySelector("details table")!.TextContent, StringComparison.Ordinal);
        // the stretch of the guide that has the word, with the word marked
        Assert.Contains("<mark>numbatctl</mark>", found, StringComparison.Ordinal);
        var guide = await PageAsync(priya, "/desk/guides/ACO/mend-numbat");
        Assert.Contains("Type numbatctl.", guide, StringComparison.Ordinal);
        Assert.Contains("[person.first_name]", guide, StringComparison.Ordinal);
        Assert.Contains("/desk/guides/ACO/media/basics/page.svg", guide, StringComparison.Ordinal);
        Assert.Contains("at High Street.", await PageAsync(priya, $"/desk/guides/ACO/mend-numbat?site={World.Acorn.Site.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await priya.GetAsync(new Uri("/desk/guides/ACO/media/basics/page.svg", UriKind.Relative), Cancel)).StatusCode);

        using var nico = portal.As(World.Nico, Door.Desk);
        Assert.DoesNotContain("numbatctl", await PageAsync(nico, "/desk/guides/ACO/mend-numbat"), StringComparison.Ordinal);
        foreach (var foreign in new[] { "/desk/guides/BIR/mend-numbat", "/desk/guides?client=birch", "/desk/guides?client=nobody", "/desk/guides/BIR/media/basics/page.svg", $"/desk/guides/ACO/mend-numbat?site={World.Birch.Site.Id}" })
            Assert.Equal(HttpStatusCode.NotFound, (await nico.GetAsync(new Uri(foreign, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_lead_sees_what_is_missing_and_withdraws_with_a_reason()
    {
        var id = await shelf.PutAsync("feed-quoll", Shelf.Guide(Guid.NewGuid(), "Feed the quoll", Shelf.Step("feed", "Use {{quoll.food}}."), "{ quoll.food: { type: text, required: true, description: What it eats } }"));
        await shelf.SetAsync(World.Acorn.Id, "quoll.food", "grapes");
        using var sam = portal.As(World.Sam, Door.Admin);
        var page = await PageAsync(sam, "/admin/knowledge?client=birch");
        Assert.Contains("quoll.food", page, StringComparison.Ordinal);
        Assert.DoesNotContain("quoll.food", await PageAsync(sam, "/admin/knowledge?client=acorn"), StringComparison.Ordinal);

        await PostAsync(sam, page, "Publish", []);
        using var contact = portal.As(World.Acorn);
        Assert.Contains("Use grapes.", await PageAsync(contact, "/c/acorn/guides/feed-quoll"), StringComparison.Ordinal);
        Assert.Contains("Say in one sentence", await (await PostAsync(sam, page, "Withdraw", [new("Id", id.ToString()), new("Reason", "")])).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(sam, page, "Withdraw", [new("Id", id.ToString()), new("Reason", "It bites.")])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await contact.GetAsync(new Uri("/c/acorn/guides/feed-quoll", UriKind.Relative), Cancel)).StatusCode);
        Assert.Contains("Withdrawn", await PageAsync(sam, "/admin/knowledge"), StringComparison.Ordinal);

        using var olive = portal.As(World.Olive, Door.Admin);
        var olivePage = await PageAsync(olive, "/admin/knowledge");
        Assert.DoesNotContain("handler=Publish", olivePage, StringComparison.Ordinal);
        using var priya = portal.As(World.Priya, Door.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await priya.GetAsync(new Uri("/admin/knowledge", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task No_page_shows_braces_or_a_marker()
    {
        using var contact = portal.As(World.Acorn);
        using var priya = portal.As(World.Priya, Door.Desk);
        foreach (var (browser, address) in new[] { (contact, "/c/acorn/guides"), (contact, "/c/acorn/guides/search?q=numbat"), (contact, "/c/acorn/guides/mend-numbat"), (contact, "/c/acorn/guides/mend-numbat?print=1"), (contact, "/c/acorn/guides/mend-numbat/steps"), (contact, "/c/acorn/suggest?q=numbat"), (priya, "/desk/guides?client=acorn"), (priya, "/desk/guides/ACO/mend-numbat") })
        {
            var page = await PageAsync(browser, address);
            Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
            Assert.DoesNotContain(page, c => c is >= '\uE000' and <= '\uF8FF');
            Assert.DoesNotContain("&#xE00", page, StringComparison.Ordinal);
        }
    }

    private static async Task<string> PageAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, address), (answer.StatusCode, address));
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string handler, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = new HtmlParser().ParseDocument(page).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return browser.PostAsync(new Uri($"/admin/knowledge?handler={handler}", UriKind.Relative), new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token))), Cancel);
    }
}
