using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

/// <summary>One browser at the guide of one request: it sees a page and presses what is on it.</summary>
internal sealed class GuideReading(HttpClient browser, World.Twin twin, Ticket ticket)
{
    private IHtmlDocument page = new HtmlParser().ParseDocument("");

    public string Text => page.Body?.TextContent ?? "";
    public string Heading => page.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public async Task<HttpStatusCode> LookAsync()
    {
        using var answer = await browser.GetAsync(new Uri($"{twin.Door}/requests/{ticket.Number}/guide", UriKind.Relative), GuideWorld.Cancel);
        page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(GuideWorld.Cancel));
        return answer.StatusCode;
    }

    /// <summary>Presses a button of the page as it was last seen, even when that was long ago; a field that is named stands for the page's own.</summary>
    public async Task<HttpStatusCode> PressAsync(string handler, params (string Name, string Value)[] fields)
    {
        var form = page.QuerySelector($"form[action*='handler={handler}']") ?? throw new InvalidOperationException($"The page has no form {handler}.");
        var values = form.QuerySelectorAll("input[type=hidden]").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
        foreach (var (name, value) in fields) values[name] = value;
        using var answer = await browser.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(values), GuideWorld.Cancel);
        if (answer.StatusCode == HttpStatusCode.OK) page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(GuideWorld.Cancel));
        return answer.StatusCode;
    }

    public async Task AnswerAsync(string answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, await PressAsync("Answer", ("answer", answer)));
        await LookAsync();
    }

    public async Task CloseAsync(string result, string text = "")
    {
        Assert.Equal(HttpStatusCode.Redirect, await PressAsync("Close", ("result", result), ("Text", text)));
        await LookAsync();
    }
}
