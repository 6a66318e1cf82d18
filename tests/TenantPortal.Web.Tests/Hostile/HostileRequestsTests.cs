using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Hostile;

/// <summary>Requests that no page of ours makes: what they get is a sentence, or the one page that does not exist.</summary>
public sealed class HostileRequestsTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;
    private string Report => $"{Acorn.Door}/report";

    [Fact]
    public async Task Whatever_does_not_exist_or_is_not_ones_own_is_one_and_the_same_page()
    {
        var foreign = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Birch only"));
        var own = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Acorn only"));
        using var eve = await portal.AsAsync(Acorn.Employee);
        using var nico = await portal.AsAsync(portal.World.Nico);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(eve, $"{Acorn.Door}/requests/{own.Number}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(nico, $"/desk/tickets/ACO-{own.Number}")).Status);
        var bodies = new List<(string Page, string Body)>();
        string[] ids = ["999999", "-1", "0", "abc", "2147483648", "9223372036854775808", "1e3", "%D9%A1", "..%2f1", "1'--", new string('9', 2_000)];
        foreach (var id in ids) bodies.Add(await NotThereAsync(eve, $"{Acorn.Door}/requests/{id}"));
        foreach (var id in ids) bodies.Add(await NotThereAsync(nico, $"/desk/tickets/ACO-{id}"));
        foreach (var id in new[] { "not-a-guid", Guid.Empty.ToString(), Guid.NewGuid().ToString(), "1", new string('a', 2_000) })
            foreach (var page in new[] { $"{Acorn.Door}/report/{id}/effect", $"{Acorn.Door}/report/{id}/confirm", $"{Acorn.Door}/requests/{own.Number}/files/{id}", $"{Acorn.Door}/ask/{id}", $"{Acorn.Door}/guides/{id}", $"{Acorn.Door}/media/it-basics/{id}" })
                bodies.Add(await NotThereAsync(eve, page));
        foreach (var page in new[] { $"/desk/tickets/BIR-{foreign.Number}", "/desk/tickets/BIR-999999", "/desk/tickets/", "/desk/tickets/-", "/desk/tickets/ACO", "/desk?client=birch", "/desk?client=nosuch", "/desk/guides/BIR/anything" }) bodies.Add(await NotThereAsync(nico, page));
        foreach (var page in new[] { "/c/nosuchclient", "/c/msp", "/c/ACORN", "/c/", "/c", "/nowhere", "/favicon.ico", "/c/acorn/nowhere", "/c/acorn%2Frequests", "/hooks/x", "/c/../desk/../c/nosuch" }) bodies.Add(await NotThereAsync(eve, page));
        bodies.Add(await NotThereAsync(eve, "/", "help.stranger.example"));
        bodies.Add(await NotThereAsync(eve, Acorn.Door, "help.stranger.example"));
        Assert.Empty(bodies.Where(b => b.Body != bodies[0].Body).Select(b => $"{b.Page}: {b.Body[..Math.Min(80, b.Body.Length)]}"));
        Assert.Contains("does not exist, or it is not yours to see", bodies[0].Body, StringComparison.Ordinal);
        // programs get the same in their own form
        Assert.Contains("\"type\":\"about:blank\"", (await NotThereAsync(eve, "/api/v1/x")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task A_method_that_a_page_does_not_know_is_refused(string method)
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        foreach (var page in new[] { Acorn.Door, Report, $"{Acorn.Door}/requests", $"{Acorn.Door}/you", $"{Acorn.Door}/live", $"{Acorn.Door}/theme.css", "/assets/base.css" })
        {
            using var answer = await eve.SendAsync(new(new(method), page), Cancel);
            Assert.True((int)answer.StatusCode is 400 or 404 or 405, $"{method} {page}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_handler_that_a_page_does_not_have_is_the_page_that_does_not_exist()
    {
        var own = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "No such button"));
        using var eve = await portal.AsAsync(Acorn.Employee);
        foreach (var (page, action) in new[] { ($"{Acorn.Door}/requests/{own.Number}", "handler=Reply"), ($"{Acorn.Door}/you", "handler=Everywhere") })
        {
            using var answer = await eve.SendAsync($"{page}?handler=Nonsense", (await eve.PageAsync(page)).Fill(action, ("Text", "x")));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("application/json", "deep")]
    [InlineData("application/json", "{\"Text\": \"\\ud800\"}")]
    [InlineData("text/plain", "Text=hello")]
    [InlineData("application/x-www-form-urlencoded", "Text=hello")]
    [InlineData("application/x-www-form-urlencoded", "Text=nul%00byte")]
    [InlineData("application/x-www-form-urlencoded", "%%%&&&===")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "Text=hello")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Text\"\r\n\r\nnever closed")]
    [InlineData("nonsense", "\u0001\u0002")]
    public async Task What_is_not_a_form_of_ours_gets_a_sentence_and_changes_nothing(string type, string body)
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        var before = await DraftsAsync();
        using var content = new StringContent(body == "deep" ? new string('[', 5_000) : body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await eve.PostAsync(new Uri(Report, UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("reload the page and send it again; what you typed is still in your browser", said, StringComparison.Ordinal);
        Assert.Contains("data-failed", said, StringComparison.Ordinal);
        Assert.Equal(before, await DraftsAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_taken_as_far_as_they_are()
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        var page = await eve.PageAsync(Report);
        var form = page.Fill("/report", ("Error", ""));
        var kept = form.Where(f => f.Headers.ContentDisposition!.Name != "Text").ToList();
        using var content = new MultipartFormDataContent();
        foreach (var field in kept) content.Add(field);
        content.Add(new ByteArrayContent([.. "caf"u8, 0xE9, (byte)' ', 0xFF, 0xFE, 0x80, 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0, 1, .. " end"u8]), "Text");
        using var answer = await eve.SendAsync(Report, content);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var text = (await eve.PageAsync($"{Report}?draft={page.Form("/report").QuerySelector("[name=Draft]")!.GetAttribute("value")}")).QuerySelector("#text")!.TextContent;
        Assert.StartsWith("caf\ufffd ", text, StringComparison.Ordinal);
        Assert.EndsWith("\ufffd end", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_fields_and_too_large_a_body_are_told_what_is_allowed()
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        using (var many = await eve.SendAsync(Report, (await eve.PageAsync(Report)).Fill("/report", [.. Enumerable.Range(0, 2_000).Select(n => ($"field{n}", "x"))])))
        {
            Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
            Assert.Contains("at most 1,000 fields and 4 MB of text in one are read", await many.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, Report) { Content = new StreamContent(new Endless(200L * 1024 * 1024)), Headers = { ExpectContinue = true } };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var large = await eve.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("What you sent is 200 MB; together text and files may have 130 MB", await large.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text", 20_001, "#text")]
    [InlineData("Error", 4_001, "#error")]
    public async Task A_report_that_is_too_long_comes_back_whole_with_what_is_allowed(string field, int length, string where)
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        var text = string.Concat(Enumerable.Repeat("ä<\u202E", length / 3 + 1))[..length];
        using var answer = await eve.SendAsync(Report, (await eve.PageAsync(Report)).Fill("/report", field == "Text" ? [(field, text)] : [("Text", "What is wrong"), (field, text)]));
        var page = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains($"{length} characters, the limit is {length - 1}", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, page.QuerySelector(where)!.TextContent);
    }

    [Theory]
    [InlineData("reply")]
    [InlineData("note")]
    [InlineData("contact")]
    public async Task Words_on_a_ticket_that_are_too_long_or_empty_come_back_with_a_sentence(string form)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, $"Too many words {form}"));
        var contact = form == "contact";
        using var browser = contact ? await portal.AsAsync(Acorn.Employee) : await portal.AsAsync(portal.World.Priya);
        var (address, handler, field) = contact ? ($"{Acorn.Door}/requests/{ticket.Number}", "Reply", "Text") : ($"/desk/tickets/ACO-{ticket.Number}", form == "reply" ? "Reply" : "Note", "Input.Text");
        var page = await browser.PageAsync(address);
        var text = new string('w', 20_001);
        foreach (var (typed, said) in new[] { (text, "20001"), ("  \r\n ", "Write") })
        {
            using var answer = await browser.SendAsync($"{address}?handler={handler}", page.Fill($"handler={handler}", (field, typed)));
            var body = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var problem = Forms.Read(body).QuerySelectorAll("[role=alert], .error-summary, .error").Select(e => e.TextContent).ToList();
            Assert.Contains(problem, p => p.Contains(said, StringComparison.OrdinalIgnoreCase));
            if (typed == text) Assert.Contains(text, body, StringComparison.Ordinal);
        }
        Assert.Single((await portal.ReadAsync(ticket)).Messages);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient browser, string page, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { Host = host } };
        using var answer = await browser.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<(string Page, string Body)> NotThereAsync(HttpClient browser, string page, string? host = null)
    {
        var (status, body) = await AskAsync(browser, page, host);
        Assert.True(status == HttpStatusCode.NotFound, $"{host}{page[..Math.Min(80, page.Length)]}: {(int)status}");
        return (page[..Math.Min(80, page.Length)], body);
    }

    private Task<int> DraftsAsync() => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ReportDrafts.CountAsync(Cancel));

    private sealed class Endless(long length) : Stream
    {
        private long at;
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => at; set => at = value; }
        public override int Read(byte[] buffer, int offset, int count) { var read = (int)Math.Min(count, length - at); at += read; return read; }
        public override long Seek(long offset, SeekOrigin origin) => at = origin == SeekOrigin.Begin ? offset : at;
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
