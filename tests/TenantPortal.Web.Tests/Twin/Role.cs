using System.Net;
using System.Text.RegularExpressions;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>Somebody with a browser who visits every way in; who was signed out by a visit comes back by the demo's door.</summary>
internal sealed partial class Role(string name, HttpClient browser, string door, Guid? person)
{
    private string? token;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Name => name;
    public HttpClient Browser => browser;

    /// <summary>Whether this is a door the role comes in by.</summary>
    public bool Uses(Way way) => person is not null && way.IsOfPrograms == IsProgram && way.Template.StartsWith("/c/", StringComparison.Ordinal) == door.StartsWith("/c/", StringComparison.Ordinal);

    /// <summary>It comes with a token, and to the doors for programs alone.</summary>
    public bool IsProgram => door == "/api";

    public async Task<string> TokenAsync()
    {
        if (token is not null) return token;
        using var answer = await browser.GetAsync(new Uri(person is null ? $"{door}/sign-in" : $"{door}/you", UriKind.Relative), Cancel);
        var found = Token().Match(await answer.Content.ReadAsStringAsync(Cancel));
        return found.Success ? token = found.Groups["token"].Value : throw new InvalidOperationException($"No form token for {name}: {answer.StatusCode}.");
    }

    public async Task BeInAsync()
    {
        if (person is null || await IsInAsync()) return;
        token = null;
        using var answer = await browser.PostAsync(new Uri($"{door}/sign-in/demo", UriKind.Relative), new FormUrlEncodedContent([new("id", $"{person}")]), Cancel);
        Assert.True(await IsInAsync(), $"{name} could not come back ({answer.StatusCode})");
    }

    private async Task<bool> IsInAsync()
    {
        using var answer = await browser.GetAsync(new Uri($"{door}/you", UriKind.Relative), Cancel);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Token();
}
