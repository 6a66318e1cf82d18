using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.People;

/// <summary>People who come to a sign-in page, and what they are told there.</summary>
internal static partial class Visitors
{
    public const string Password = "three words in a row";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Contact> JoinAsync(this Portal portal, World.Twin twin, string name, bool isActive = true, string? email = null)
    {
        email ??= $"{name.ToLowerInvariant()}.{Guid.NewGuid():n}@{twin.Client.Slug}.example";
        var contact = new Contact { TenantId = twin.Id, Name = $"{name} Reed", Email = email, NormalizedEmail = email, SiteId = twin.Site.Id, IsActive = isActive };
        await portal.AsAsync(twin.Id, services =>
        {
            services.GetRequiredService<PortalDb>().Add(contact);
            return services.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel);
        });
        return contact;
    }

    /// <summary>Opens the sign-in page of a door and presses one of its buttons.</summary>
    public static async Task<(HttpStatusCode Status, string Body, string? Next)> PressAsync(this HttpClient browser, string page, string? handler, params (string Name, string Value)[] typed)
    {
        var address = page + (handler is null ? "" : (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"handler={handler}");
        using var answer = await browser.SendAsync(address, (await browser.PageAsync(page)).Fill("", typed));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.Location?.ToString());
    }

    /// <summary>The page without the form token and without the address that was typed.</summary>
    public static string Bare(string body, string typed) => Token().Replace(body.Replace(typed, "ADDRESS", StringComparison.Ordinal), "TOKEN");

    /// <summary>Whether the browser is still signed in: the page opens, or leads to the sign-in page.</summary>
    public static async Task<bool> IsInAsync(this HttpClient browser, string page)
    {
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        if (answer.StatusCode == HttpStatusCode.OK) return true;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return false;
    }

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+", RegexOptions.None, 1000)] private static partial Regex Token();
}
