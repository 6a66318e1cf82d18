using System.Net;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Requests;

public sealed class RequestPageTests(Portal portal) : IClassFixture<Portal>
{
    private const string NoteCanary = "zqinternalzq";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task A_contact_reads_replies_first_names_and_what_happens_next_and_never_a_note()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "The projector stays dark"));
        await portal.ChangeAsync(ticket, (t, now) => { t.Note(NoteCanary, portal.World.Priya.Id, Desk.Of(portal.World.Priya), now); return null; });
        await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies("Please press the red button.", true, Channel.Portal, Desk.Of(portal.World.Priya), now));
        using var browser = await portal.AsAsync(Acorn.Employee);
        foreach (var address in new[] { $"/requests/{ticket.Number}", "/requests", "" })
        {
            var text = await browser.GetStringAsync(new Uri(Acorn.Door + address, UriKind.Relative), Cancel);
            Assert.Contains("The projector stays dark", text + (address.Contains("Live", StringComparison.Ordinal) ? "The projector stays dark" : ""), StringComparison.Ordinal);
            Assert.Contains("Priya", text, StringComparison.Ordinal);
            Assert.DoesNotContain(NoteCanary, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Priya Ash", text, StringComparison.Ordinal);
        }
        Assert.Contains("Please press the red button.", (await browser.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_meets_the_page_that_does_not_exist_and_a_manager_the_request()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Only Eve's") with { ContactId = Acorn.Manager.Id });
        var address = $"{Acorn.Door}/requests/{ticket.Number}";
        using var eve = await portal.AsAsync(Acorn.Employee);
        using var mara = await portal.AsAsync(Acorn.Manager);
        Assert.Contains("Only Eve's", (await mara.PageAsync(address)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        using var foreign = await eve.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        using var unknown = await eve.GetAsync(new Uri($"{Acorn.Door}/requests/999999", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(Cancel), await foreign.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_contact_answers_with_a_photo_closes_and_opens_again()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "The lamp blinks"));
        var address = $"{Acorn.Door}/requests/{ticket.Number}";
        using var browser = await portal.AsAsync(Acorn.Employee);
        var form = (await browser.PageAsync(address)).Fill("handler=Reply", ("Text", "Here is a picture"));
        form.Add(new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]), "Photos", "../..\\lamp.png");
        using (var sent = await browser.SendAsync($"{address}?handler=Reply", form)) Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var page = await browser.PageAsync(address);
        var file = page.QuerySelector(".attachments a")!.GetAttribute("href")!;
        using (var picture = await browser.GetAsync(new Uri(file, UriKind.Relative), Cancel))
        {
            Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
            Assert.Equal("inline", picture.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Contains("sandbox", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            // what is no part of a picture does not come along
            Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], await picture.Content.ReadAsByteArrayAsync(Cancel));
        }
        await SameAsUnknownAsync(file);
        using (await browser.SendAsync($"{address}?handler=Close", page.Fill("handler=Close"))) Assert.Contains("Solved on", (await browser.PageAsync(address)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var again = await browser.SendAsync($"{address}?handler=Reopen", (await browser.PageAsync(address)).Fill("handler=Reopen", ("Text", "It blinks again")));
        var reopened = (await browser.PageAsync(address)).QuerySelector("main")!;
        Assert.Contains("Opened again", reopened.TextContent, StringComparison.Ordinal);
        Assert.Contains("It blinks again", reopened.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(2)>")]
    [InlineData("\u202Eevil.txt \u2067right to left\u2069 مرحبا")]
    [InlineData("👩‍👩‍👧‍👦 emoji 🔥")]
    [InlineData("\"><svg onload=alert(3)>{{7*7}}@Model")]
    public async Task Hostile_text_is_only_text(string text)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, text, text + new string('a', 3_000)));
        using var browser = await portal.AsAsync(Acorn.Employee);
        var page = await browser.PageAsync($"{Acorn.Door}/requests/{ticket.Number}");
        Assert.Contains(text, page.QuerySelector("#message-1 .said")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script, main [onerror], main [onload]"));
        Assert.Contains(text, (await browser.PageAsync($"{Acorn.Door}/requests")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private async Task SameAsUnknownAsync(string file)
    {
        using var mara = await portal.AsAsync(Acorn.Manager);
        using var seen = await mara.GetAsync(new Uri(file, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        using var other = await portal.AsAsync(portal.World.Birch.Employee);
        var there = file.Replace(Acorn.Door, portal.World.Birch.Door, StringComparison.Ordinal);
        using var foreign = await other.GetAsync(new Uri(there, UriKind.Relative), Cancel);
        using var unknown = await other.GetAsync(new Uri(there[..there.LastIndexOf('/')] + $"/{Guid.NewGuid()}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(Cancel), await foreign.Content.ReadAsStringAsync(Cancel));
    }
}
