using System.Diagnostics;
using System.Net;

namespace TenantPortal.Web.Tests.People;

/// <summary>A contact's password: how it is chosen, forgotten and guessed at.</summary>
public sealed class PasswordTests(Portal portal) : IClassFixture<Portal>
{
    private World.Twin Acorn => portal.World.Acorn;
    private string SignIn => $"{Acorn.Door}/sign-in";

    [Fact]
    public async Task Whoever_is_invited_chooses_a_password_and_is_in()
    {
        var address = $"ivy.{Guid.NewGuid():n}@acorn.example";
        using var olive = await portal.AsAsync(portal.World.Olive);
        var page = await olive.PageAsync("/admin/people/acorn");
        using (var invited = await olive.SendAsync("/admin/people/acorn?handler=Invite", page.Fill("handler=Invite", ("Input.Name", "Ivy Lane"), ("Input.Email", address)))) Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var link = await portal.LinkAsync("acorn", address, "/sign-in/password?token=");
        Assert.Contains("You can now ask Acorn for help online", Mailbox.Read(portal, "acorn", address)[0], StringComparison.Ordinal);
        // an invitation may lie over a long weekend
        portal.Clock.PutForward(TimeSpan.FromDays(4));
        using var browser = portal.Browser(follow: false);
        Assert.Contains("at least 12 characters", (await browser.PressAsync(link, null, ("password", "too short"))).Body, StringComparison.Ordinal);
        Assert.Equal(Acorn.Door, (await browser.PressAsync(link, null, ("password", Visitors.Password))).Next);
        Assert.True(await browser.IsInAsync($"{Acorn.Door}/you"));
        Assert.Contains("has been used or is too old", (await browser.PressAsync(link, null, ("password", Visitors.Password))).Body, StringComparison.Ordinal);

        using var next = portal.Browser(follow: false);
        Assert.Equal(Acorn.Door, (await next.PressAsync(SignIn, "Password", ("Input.Email", address), ("Input.Password", Visitors.Password))).Next);
    }

    [Fact]
    public async Task A_new_password_ends_what_the_old_one_opened()
    {
        var (address, first) = await WithPasswordAsync("Jan");
        Assert.True(await first.IsInAsync($"{Acorn.Door}/you"));
        using var second = portal.Browser(follow: false);
        await second.PressAsync(SignIn, "Forgot", ("Input.Email", address));
        var links = await portal.LinksAsync("acorn", address, "/sign-in/password?token=", 2);
        await second.PressAsync(links[1], null, ("password", "another three words"));
        Assert.True(await second.IsInAsync($"{Acorn.Door}/you"));
        Assert.False(await first.IsInAsync($"{Acorn.Door}/you"));
        Assert.Null((await first.PressAsync(SignIn, "Password", ("Input.Email", address), ("Input.Password", Visitors.Password))).Next);
        first.Dispose();
    }

    [Fact]
    public async Task Wrong_unknown_deactivated_and_locked_are_told_the_same_in_the_same_time()
    {
        var (known, browser) = await WithPasswordAsync("Kim");
        var gone = (await portal.JoinAsync(Acorn, "Lea", isActive: false)).Email;
        var unknown = $"nobody.{Guid.NewGuid():n}@acorn.example";
        using var fresh = portal.Browser(follow: false);
        var wrong = await TryAsync(fresh, known, "wrong wrong wrong", 8);
        var nobody = await TryAsync(fresh, unknown, "wrong wrong wrong", 8);
        var left = await TryAsync(fresh, gone, "wrong wrong wrong", 2);
        var locked = await TryAsync(fresh, known, Visitors.Password, 2);
        Assert.Contains("do not fit together", wrong.Body, StringComparison.Ordinal);
        Assert.Equal([wrong.Body, wrong.Body, wrong.Body], [nobody.Body, left.Body, locked.Body]);
        // hashing takes most of it; an answer that leaves it out comes at a tenth of the time
        Assert.All([wrong.Quickest, left.Quickest, locked.Quickest], time => Assert.InRange(time / nobody.Quickest, 0.4, 2.5));

        // the mail is the way around a lock that a stranger's guesses brought about
        await fresh.PressAsync(SignIn, "Link", ("Input.Email", known));
        Assert.Contains("Too many tries", (await fresh.PressAsync(SignIn, "Link", ("Input.Email", known))).Body, StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task A_password_chosen_anew_by_mail_lifts_the_lock()
    {
        var (address, browser) = await WithPasswordAsync("Max");
        using var fresh = portal.Browser(follow: false);
        await TryAsync(fresh, address, "wrong wrong wrong", 8);
        using var office = portal.Browser(follow: false);
        await office.PressAsync($"{Acorn.Door}/sign-in", "Forgot", ("Input.Email", address));
        await office.PressAsync((await portal.LinksAsync("acorn", address, "/sign-in/password?token=", 2))[1], null, ("password", "another three words"));
        using var next = portal.Browser(follow: false);
        // "Forgot" was the ninth try, this is the tenth
        Assert.Equal(Acorn.Door, (await next.PressAsync(SignIn, "Password", ("Input.Email", address), ("Input.Password", "another three words"))).Next);
        browser.Dispose();
    }

    private async Task<(string Body, double Quickest)> TryAsync(HttpClient browser, string address, string password, int times)
    {
        var (body, quickest) = ("", double.MaxValue);
        for (var i = 0; i < times; i++)
        {
            var form = (await browser.PageAsync(SignIn)).Fill("", ("Input.Email", address), ("Input.Password", password));
            var start = Stopwatch.GetTimestamp();
            using var answer = await browser.SendAsync($"{SignIn}?handler=Password", form);
            quickest = Math.Min(quickest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            body = Visitors.Bare(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), address);
        }
        return (body, quickest);
    }

    private async Task<(string Address, HttpClient Browser)> WithPasswordAsync(string name)
    {
        var contact = await portal.JoinAsync(Acorn, name);
        // signed in by the demo's door, so that no try at the sign-in page is used up
        var browser = await portal.AsAsync(contact);
        await browser.SendAsync($"{Acorn.Door}/you?handler=Password", (await browser.PageAsync($"{Acorn.Door}/you")).Fill("handler=Password"));
        Assert.Equal(Acorn.Door, (await browser.PressAsync(await portal.LinkAsync("acorn", contact.Email, "/sign-in/password?token="), null, ("password", Visitors.Password))).Next);
        return (contact.Email, browser);
    }
}
