using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.SelfService;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Reporting;

/// <summary>Unsent reports and their photos go after 30 days; what was sent, or changed since, stays.</summary>
public sealed class ForgetDraftsTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGM8tTiagYGBiQEMABGkAYWrt1u1AAAAAElFTkSuQmCC");
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task After_thirty_days_an_untouched_draft_and_its_photos_are_gone_and_nothing_else()
    {
        await Desk.FurnishAsync(portal);
        using var browser = await portal.AsAsync(Acorn.Employee);
        await DescribeAsync(browser, "The old lamp flickers");
        var changed = await DescribeAsync(browser, "The other lamp flickers");
        var discarded = await DescribeAsync(browser, "The thrown away lamp flickers");
        using (await browser.SendAsync($"{Acorn.Door}/report?handler=Discard", (await browser.PageAsync($"{Acorn.Door}/report?draft={discarded}")).Fill("", ("Draft", discarded)))) { }
        Assert.Contains("/requests/", await DescribeAsync(browser, "The tills are down, nobody can pay"), StringComparison.Ordinal);
        Assert.Equal((2, 4), await CountAsync());

        portal.Clock.PutForward(TimeSpan.FromDays(20));
        using var later = await portal.AsAsync(Acorn.Employee);
        using (await later.SendAsync($"{Acorn.Door}/report", (await later.PageAsync($"{Acorn.Door}/report?draft={changed}")).Fill("/report", ("Text", "The other lamp is dark now")))) { }
        portal.Clock.PutForward(TimeSpan.FromDays(11));
        await GuideWorld.EventuallyAsync(async () => await CountAsync() == (1, 2));
        portal.Clock.PutForward(TimeSpan.FromDays(20));
        await GuideWorld.EventuallyAsync(async () => await CountAsync() == (0, 1));
    }

    /// <summary>The id of the draft, or where it went when it was sent at once.</summary>
    private async Task<string> DescribeAsync(HttpClient browser, string text)
    {
        var form = (await browser.PageAsync($"{Acorn.Door}/report")).Fill("/report", ("Text", text));
        form.Add(new ByteArrayContent(Photo), "Photos", "lamp.png");
        using var answer = await browser.SendAsync($"{Acorn.Door}/report", form);
        var next = $"{answer.Headers.Location}";
        return next.Contains("/requests/", StringComparison.Ordinal) ? next : next.Split('/')[^2];
    }

    private Task<(int Drafts, int Files)> CountAsync() => portal.AsAsync(Acorn.Id, async s =>
    {
        var db = s.GetRequiredService<PortalDb>();
        return (await db.ReportDrafts.CountAsync(), await db.Files.CountAsync());
    });
}
