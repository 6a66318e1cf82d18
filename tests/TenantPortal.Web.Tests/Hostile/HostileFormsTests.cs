using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Twin;

namespace TenantPortal.Web.Tests.Hostile;

/// <summary>Every form of every page, found by following links as each role, is sent with every hostile text in its fields: never a failure page, never markup of the sender's.</summary>
public sealed class HostileFormsTests(Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    private const int MostPages = 45;
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly List<string> wrong = [];
    private readonly HashSet<string> known = [];
    private int forms, requests;

    private static readonly string[] Texts =
    [
        "nul\0byte \u0001\u0002\u001b[31m and \u007f", new string('x', 60_000), "\u202Etxt.exe \u2067 right to left", "{{company}} {{x}} {% raw %} ${7*7} @Model", "<script>hostile()</script><img src=x onerror=hostile()>\"'><svg onload=hostile()>",
        "'; drop table ticket; -- \\ % _", string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 120)), "9223372036854775808", "-1", "1999-02-30", "   \r\n\t ", new string('[', 5_000), "../../../../etc/passwd\n\rSet-Cookie: a=b",
    ];

    [Fact]
    public async Task Employees_and_managers() => await JudgeAsync("/c/acorn", portal.World.Acorn.Employee, portal.World.Acorn.Manager);

    [Fact]
    public async Task Engineers_leads_and_operators() => await JudgeAsync("/desk", portal.World.Olive, portal.World.Sam);

    private async Task JudgeAsync<T>(string start, params T[] people)
    {
        if (!await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AnyAsync(Cancel))) await TwinWorld.FillAsync(portal, portal.World.Acorn, "", 0);
        foreach (var person in people)
        {
            using var browser = person is Contact contact ? await portal.AsAsync(contact) : await portal.AsAsync((person as StaffMember)!);
            known.Clear();
            foreach (var page in await CrawlAsync(browser, start)) await SendEachAsync(browser, page);
        }
        output.WriteLine($"{forms} forms, {requests} hostile requests");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
        Assert.True(requests > 200, $"{forms} forms, only {requests} hostile requests were sent");
    }

    // one page of a kind is enough: numbers and ids in addresses count as one
    private static async Task<IReadOnlyList<string>> CrawlAsync(HttpClient browser, string start)
    {
        var (seen, found, open) = (new HashSet<string>(), new List<string>(), new Queue<string>([start, start == "/desk" ? "/admin" : start + "/report", start == "/desk" ? "/admin/people/acorn" : start + "/ask"]));
        while (open.TryDequeue(out var address) && found.Count < MostPages)
        {
            if (!seen.Add(Kind(address))) continue;
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            found.Add(address);
            foreach (var link in Forms.Read(await answer.Content.ReadAsStringAsync(Cancel)).QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]))
                if ((link.StartsWith("/c/acorn", StringComparison.Ordinal) || link.StartsWith("/desk", StringComparison.Ordinal) || link.StartsWith("/admin", StringComparison.Ordinal)) && !link.Contains("/live", StringComparison.Ordinal)) open.Enqueue(link);
        }
        return found;
    }

    private static string Kind(string address) => string.Join('/', address.Split('?')[0].Split('/').Select(p => p.Any(char.IsAsciiDigit) ? "#" : p)) + (address.Contains('?', StringComparison.Ordinal) ? "?" + string.Join('&', address.Split('?')[1].Split('&').Select(p => p.Split('=')[0])) : "");

    private async Task SendEachAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        var page = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        foreach (var form in page.QuerySelectorAll("form"))
        {
            var buttons = form.QuerySelectorAll("button[formaction]").Select(b => b.GetAttribute("formaction")!).Append(form.GetAttribute("action") ?? "").Distinct();
            foreach (var action in buttons)
            {
                var target = new Uri(new Uri("http://x" + address), action.Length == 0 ? address : action).PathAndQuery;
                // these end somebody's session, and with it the test
                if (target.Contains("Toggle", StringComparison.Ordinal) || target.Contains("sign-out", StringComparison.Ordinal) || target.Contains("Everywhere", StringComparison.Ordinal)) continue;
                if (!known.Add(Kind(target) + string.Join(',', form.QuerySelectorAll("[name]").Select(f => f.GetAttribute("name")).Distinct()))) continue;
                forms++;
                foreach (var text in Texts) await SendAsync(browser, target, form, text);
            }
        }
    }

    private async Task SendAsync(HttpClient browser, string target, IElement form, string text)
    {
        requests++;
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").Where(f => f.GetAttribute("type") is not "file")
            .Select(f => (Name: f.GetAttribute("name")!, Value: f.GetAttribute("type") == "hidden" ? f.GetAttribute("value") ?? "" : text)).DistinctBy(f => f.Name).ToList();
        var posts = string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase);
        var asked = posts ? target : target.Split('?')[0] + "?" + string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value.Length > 4_000 ? f.Value[..4_000] : f.Value)}"));
        using var request = new HttpRequestMessage(posts ? HttpMethod.Post : HttpMethod.Get, asked);
        if (posts)
        {
            var content = new MultipartFormDataContent();
            foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
            request.Content = content;
        }
        using var answer = await browser.SendAsync(request, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        var what = $"{request.Method} {target} with {text[..Math.Min(24, text.Length)].ReplaceLineEndings(" ")}";
        if ((int)answer.StatusCode is >= 500 or 400) wrong.Add($"{(int)answer.StatusCode}: {what}");
        if (body.Contains("<script>hostile", StringComparison.Ordinal) || body.Contains("<svg onload=hostile", StringComparison.Ordinal) || body.Contains("<img src=x", StringComparison.Ordinal)) wrong.Add($"markup came through: {what}");
    }
}
