using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

public sealed class ChangedGuideTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_guide_that_is_published_anew_begins_again_and_one_that_is_withdrawn_ends_at_a_person()
    {
        await GuideWorld.FurnishAsync(portal);
        var acorn = portal.World.Acorn;
        var (ticket, _) = await portal.AskAsync(acorn);
        var reading = new GuideReading(await portal.AsAsync(acorn.Employee), acorn, ticket);
        await reading.LookAsync();
        await reading.AnswerAsync("Worked");

        var shelf = new Shelf(portal);
        await shelf.PutAsync("descale-the-kettle", GuideWorld.DescaleSource("Boil it three times."), number: 2);
        await shelf.PublishAsync(acorn.Id);
        Assert.Equal(HttpStatusCode.OK, await reading.PressAsync("Answer", ("answer", "Worked")));
        Assert.Contains("start again at step 1", reading.Text, StringComparison.Ordinal);
        Assert.Equal("Fill it with vinegar", reading.Heading);
        var attempts = await portal.AttemptsAsync(ticket);
        Assert.Equal([AttemptOutcome.Abandoned, AttemptOutcome.Running], attempts.Select(a => a.Outcome));
        Assert.NotEqual(attempts[0].VersionHash, attempts[1].VersionHash);
        Assert.Null(attempts[1].Steps[0].Answer);
        // who asks next is offered what is published now
        var (next, _) = await portal.AskAsync(acorn);
        Assert.Equal(attempts[1].VersionHash, Assert.Single(await portal.AttemptsAsync(next)).VersionHash);

        Assert.Null(await portal.Services.GetRequiredService<WithdrawRunbook>().RunAsync(portal.World.Msp.Id, GuideWorld.Descale, "Sam Ash", "It damages the heater.", GuideWorld.Cancel));
        Assert.Equal(HttpStatusCode.OK, await reading.LookAsync());
        Assert.Equal("A person takes over", reading.Heading);
        Assert.Contains("no longer offered", reading.Text, StringComparison.Ordinal);
        Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.HandedOff);
        Assert.NotEqual("descale-the-kettle", (await portal.AskAsync(acorn)).Slug);
    }
}
