using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace TenantPortal.Web.Tests;

/// <summary>Reads pages and sends their forms as a browser without JavaScript would: every field as it stands, changed where the test says so.</summary>
internal static class Forms
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<IDocument> PageAsync(this HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode} {text[..Math.Min(300, text.Length)]}");
        return Read(text);
    }

    public static IDocument Read(string html) => new HtmlParser().ParseDocument(html);

    /// <param name="action">What the form's address ends in.</param>
    public static MultipartFormDataContent Fill(this IDocument page, string action, params (string Name, string Value)[] changes) => Fill(page.Form(action), changes);

    public static IElement Form(this IDocument page, string action) =>
        page.QuerySelectorAll("main form").First(f => (f.GetAttribute("action") ?? "").EndsWith(action, StringComparison.Ordinal));

    public static Task<HttpResponseMessage> SendAsync(this HttpClient browser, string address, MultipartFormDataContent form) => browser.PostAsync(new Uri(address, UriKind.Relative), form, Cancel);

    private static MultipartFormDataContent Fill(IElement form, (string Name, string Value)[] changes)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Standing(form).Where(f => changes.All(c => c.Name != f.Name)).Concat(changes)) content.Add(new StringContent(value), name);
        return content;
    }

    private static IEnumerable<(string Name, string Value)> Standing(IElement form)
    {
        foreach (var field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = field.GetAttribute("name")!;
            var type = field.GetAttribute("type");
            if (type is "file" || (type is "radio" or "checkbox" && !field.HasAttribute("checked"))) continue;
            yield return (name, field switch
            {
                { LocalName: "textarea" } => field.TextContent,
                { LocalName: "select" } => (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "",
                _ => field.GetAttribute("value") ?? "",
            });
        }
    }
}
