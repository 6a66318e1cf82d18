using System.Diagnostics;
using System.Net;
using TenantPortal.Domain.People;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Resilience;

/// <summary>While the database is away everybody is told so within five seconds, nothing hangs, and when it is back the program goes on by itself.</summary>
public sealed class DatabaseDownTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sentence_within_five_seconds_and_recovery_without_a_restart(bool silent)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "The scale shows an error"));
        using var gate = new DatabaseGate(portal.App);
        await using var app = await portal.AnotherAsync(("PORTAL_DB", gate.Connection));
        using var eve = await InAsync(app, $"{Acorn.Door}/sign-in/demo", Acorn.Employee.Id.Value);
        using var priya = await InAsync(app, "/desk/sign-in/demo", portal.World.Priya.Id.Value);
        var request = $"{Acorn.Door}/requests/{ticket.Number}";
        var reply = (await eve.PageAsync(request)).Fill("handler=Reply", ("Text", "It still does."));
        using var live = await eve.GetAsync(new Uri($"{Acorn.Door}/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        if (silent) gate.FallSilent();
        else gate.Refuse();
        // more people than there are connections, all at once
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => DownAsync(eve, HttpMethod.Get, request)));
        await DownAsync(eve, HttpMethod.Get, Acorn.Door);
        await DownAsync(eve, HttpMethod.Get, request);
        await DownAsync(priya, HttpMethod.Get, "/desk");
        await DownAsync(priya, HttpMethod.Get, $"/desk/tickets/ACO-{ticket.Number}");
        Assert.Contains("what you just sent has not arrived", await DownAsync(eve, HttpMethod.Post, $"{request}?handler=Reply", reply), StringComparison.Ordinal);
        // a stream that is opened now is held open or refused, but does not hang without an answer
        using (var opened = await WithinAsync(() => eve.GetAsync(new Uri($"{Acorn.Door}/live?at=x", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel))) Assert.True(opened.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable);
        // what needs no database is still there
        using (var style = await WithinAsync(() => eve.GetAsync(new Uri("/assets/base.css", UriKind.Relative), Cancel))) Assert.Equal(HttpStatusCode.OK, style.StatusCode);

        gate.Open();
        await SelfService.GuideWorld.EventuallyAsync(async () => await StatusAsync(eve, request) == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(priya, "/desk"));
        using var again = await eve.SendAsync($"{request}?handler=Reply", (await eve.PageAsync(request)).Fill("handler=Reply", ("Text", "It still does.")));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        // the program hears the database again: a deactivation in another process ends the session here
        var nia = await People.Visitors.JoinAsync(portal, Acorn, "Nia");
        using var browser = await InAsync(app, $"{Acorn.Door}/sign-in/demo", nia.Id.Value);
        using var olive = await portal.AsAsync(portal.World.Olive);
        using (await olive.SendAsync("/admin/people/acorn?handler=Toggle", (await olive.PageAsync("/admin/people/acorn")).Fill("handler=Invite", ("id", nia.Id.ToString()))))
            await SelfService.GuideWorld.EventuallyAsync(async () => await StatusAsync(browser, $"{Acorn.Door}/requests") == HttpStatusCode.Redirect);
    }

    private static async Task<HttpClient> InAsync(Another app, string door, Guid person)
    {
        var browser = app.Browser(follow: false);
        using var answer = await browser.PostAsync(new Uri(door, UriKind.Relative), new FormUrlEncodedContent([new("id", person.ToString())]), Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private static async Task<string> DownAsync(HttpClient browser, HttpMethod method, string page, HttpContent? form = null)
    {
        using var answer = await WithinAsync(() => browser.SendAsync(new HttpRequestMessage(method, page) { Content = form }, Cancel));
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{method} {page}: {answer.StatusCode}");
        Assert.Contains("cannot reach its database right now", body, StringComparison.Ordinal);
        Assert.True(answer.Headers.RetryAfter is not null, "no Retry-After");
        return body;
    }

    private static async Task<HttpResponseMessage> WithinAsync(Func<Task<HttpResponseMessage>> request)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await request();
        var taken = Stopwatch.GetElapsedTime(start);
        Assert.True(taken < Patience, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery} took {taken.TotalSeconds:0.0} s");
        return answer;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
