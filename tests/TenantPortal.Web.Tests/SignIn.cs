using TenantPortal.Domain.People;

namespace TenantPortal.Web.Tests;

/// <summary>Signs people in as a person would with demo data: through the demo's own door.</summary>
public static class SignIn
{
    public static async Task<HttpClient> AsAsync(this Portal portal, Contact contact)
    {
        var client = portal.World.Acorn.Id == contact.TenantId ? portal.World.Acorn : portal.World.Birch;
        return await PostAsync(portal, $"{client.Door}/sign-in/demo", contact.Id.Value);
    }

    public static Task<HttpClient> AsAsync(this Portal portal, StaffMember member) => PostAsync(portal, "/desk/sign-in/demo", member.Id.Value);

    private static async Task<HttpClient> PostAsync(Portal portal, string door, Guid person)
    {
        var browser = portal.Browser(follow: false);
        using var answer = await browser.PostAsync(new Uri(door, UriKind.Relative), new FormUrlEncodedContent([new("id", person.ToString())]));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
