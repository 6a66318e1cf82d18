using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.SelfService;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.HandOver;

/// <summary>A guide for tier 3, a step for tier 2, and notes about both: whoever reads as less finds no letter of them through any door; whoever may, does.</summary>
public sealed class TierRightsTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string GuideTitle = "Rewind the quokka coil", StepWord = "heater", Free = "Rewind the QUOKKA coil did not do it";
    private StaffMember ines = null!;
    private Ticket ticket = null!;

    private World.Twin Acorn => portal.World.Acorn;
    private string Address => $"/desk/tickets/ACO-{ticket.Number}";

    public async ValueTask InitializeAsync()
    {
        await GuideWorld.FurnishAsync(portal);
        var staff = portal.Services.GetRequiredService<StaffDirectory>();
        if (staff.ByKey("ines") is { } known)
        {
            (ines, ticket) = (known, await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Subject == "Kettle coil", Desk.Cancel)));
            return;
        }
        ines = await World.HireAsync(staff, "ines", StaffRoles.Engineer, 3, null);
        var shelf = new Shelf(portal);
        await shelf.PutAsync("rewind-the-quokka-coil", Shelf.Guide(Guid.NewGuid(), GuideTitle, Shelf.Step("coil", "Rewind the kettle coil.\n\n![Coil](media/quokka.svg)", "actor: agent"), settings: "min_tier: 3\naudience: [agent]"), pack: "basics");
        await portal.Services.GetRequiredService<ClientDirectory>().ChangeAsync(Acorn.Id, c => c.Packs = ["basics"], Desk.Cancel);
        await portal.AsAsync(portal.World.Msp.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            db.Add(new Domain.Knowledge.PackMedia { TenantId = portal.World.Msp.Id, Pack = "basics", Name = "quokka.svg", MediaType = "image/svg+xml", Bytes = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() });
            await db.SaveChangesAsync(Desk.Cancel);
        });
        await shelf.PublishAsync(Acorn.Id);
        ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Kettle coil", "Please rewind the kettle coil and descale the kettle, the coil of the kettle hums.") with { DeviceId = Acorn.Laptop.Id });
        // tier 3 works on it, writes about it, and passes it back
        using var desk = await portal.AsAsync(ines);
        await PostAsync(desk, $"{Address}/guides/rewind-the-quokka-coil", "handler=Tick", ("Input.Answers[coil]", "Didnt"), ("Input.Outcome", "Failed"));
        await PostAsync(desk, $"{Address}/guides/descale-the-kettle", "handler=Tick", ("Input.Answers[open]", "Worked"), ("Input.Answers[fill]", "Worked"), ("Input.Outcome", "Failed"), ("Input.Comment", "The heater is dead"));
        await PostAsync(desk, Address, "handler=Note", ("Input.Text", Free));
        await PostAsync(desk, Address, "handler=Note", ("Input.Text", "The lid is loose"));
        await PostAsync(desk, Address, "handler=Tried", ("Input.What", $"{GuideTitle} again"));
        await PostAsync(desk, $"{Address}/pass-on", "handler=Pass", ("Input.Tier", "2"), ("Input.Without", "x"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string> Doors => ["/desk/guides?client=acorn", "/desk/guides?client=acorn&q=rewind+quokka+coil", "", "/text", "/pass-on", "/decisions", "/clock", "/guides/descale-the-kettle", "/desk", "/desk?who=tier", "/desk/notices", "/desk/search?q=quokka", "/desk/guides/ACO/descale-the-kettle"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task No_page_shows_a_lower_tier_any_letter_of_it(string door)
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        using var answer = await nico.GetAsync(new Uri(door.StartsWith("/desk", StringComparison.Ordinal) ? door : Address + door, UriKind.Relative), Desk.Cancel);
        var source = await answer.Content.ReadAsStringAsync(Desk.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var word in new[] { door.Contains("q=", StringComparison.Ordinal) ? GuideTitle : "quokka", StepWord, "Unlock the" }) Assert.DoesNotContain(word, source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_above_is_not_found_and_nobody_below_can_tell_that_it_is_there()
    {
        using var nico = await portal.AsAsync(portal.World.Nico);
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var high = await portal.AsAsync(ines);
        using var eve = await portal.AsAsync(Acorn.Employee);
        foreach (var (address, elsewhere) in new[] { ("/desk/guides/ACO/rewind-the-quokka-coil", "/desk/guides/ACO/no-such-guide"), ($"{Address}/guides/rewind-the-quokka-coil", $"{Address}/guides/no-such-guide"), ("/desk/guides/ACO/media/basics/quokka.svg", "/desk/guides/ACO/media/basics/none.svg") })
        {
            foreach (var low in new[] { nico, priya })
            {
                using var hidden = await low.GetAsync(new Uri(address, UriKind.Relative), Desk.Cancel);
                using var none = await low.GetAsync(new Uri(elsewhere, UriKind.Relative), Desk.Cancel);
                Assert.Equal((HttpStatusCode.NotFound, none.StatusCode), (hidden.StatusCode, HttpStatusCode.NotFound));
                Assert.Equal((await none.Content.ReadAsStringAsync(Desk.Cancel)).Length, (await hidden.Content.ReadAsStringAsync(Desk.Cancel)).Length);
            }
            using var shown = await high.GetAsync(new Uri(address, UriKind.Relative), Desk.Cancel);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
        using var picture = await eve.GetAsync(new Uri("/c/acorn/media/basics/quokka.svg", UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, picture.StatusCode);
    }

    [Fact]
    public async Task Who_may_read_it_reads_it_each_as_far_as_the_tier_goes()
    {
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var high = await portal.AsAsync(ines);
        var (second, third) = (await high.GetStringAsync(new Uri($"{Address}/text", UriKind.Relative), Desk.Cancel), await high.GetStringAsync(new Uri(Address, UriKind.Relative), Desk.Cancel));
        foreach (var word in new[] { GuideTitle, "Unlock the heater", "The heater is dead" }) Assert.Contains(word, second, StringComparison.Ordinal);
        Assert.Contains(Free, third, StringComparison.Ordinal);
        var middle = await priya.GetStringAsync(new Uri(Address, UriKind.Relative), Desk.Cancel);
        Assert.Contains("Unlock the heater", middle, StringComparison.Ordinal);
        Assert.Contains("The lid is loose", middle, StringComparison.Ordinal);
        Assert.DoesNotContain("quokka", middle, StringComparison.OrdinalIgnoreCase);
        using var nico = await portal.AsAsync(portal.World.Nico);
        var low = await nico.GetStringAsync(new Uri(Address, UriKind.Relative), Desk.Cancel);
        Assert.Contains("The lid is loose", low, StringComparison.Ordinal);
        Assert.Contains("Fill it with vinegar", low, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_and_searches_speak_of_what_the_reader_may_read()
    {
        async Task<int> CountAsync(StaffMember who) => (await (await portal.AsAsync(who)).PageAsync("/desk/guides?client=acorn")).QuerySelectorAll("main a[href^='/desk/guides/ACO/']").Length;
        Assert.Equal(await CountAsync(portal.World.Nico), await CountAsync(portal.World.Priya));
        Assert.Equal(await CountAsync(portal.World.Nico) + 1, await CountAsync(ines));
    }

    private static async Task PostAsync(HttpClient desk, string address, string handler, params (string, string)[] values)
    {
        var page = await desk.PageAsync(address);
        var action = page.Form(handler).GetAttribute("action")!;
        using var answer = await desk.SendAsync(action.StartsWith('/') ? action : $"{address}?{handler}", page.Fill(handler, values));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{handler}: {answer.StatusCode} {Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel)).QuerySelector(".error-summary")?.TextContent}");
    }
}
