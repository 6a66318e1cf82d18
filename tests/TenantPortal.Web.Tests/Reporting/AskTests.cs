using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Reporting;

public sealed class AskTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_shows_what_hangs_on_an_answer_keeps_all_on_an_error_and_becomes_a_ticket()
    {
        var acorn = portal.World.Acorn;
        await FormAsync();
        using var browser = await portal.AsAsync(acorn.Employee);
        var address = $"{acorn.Door}/ask/equipment";
        var page = await browser.PageAsync(address);
        Assert.Null(page.QuerySelector("#f-which"));

        using var more = await browser.SendAsync($"{address}?handler=More", page.Fill("/equipment", ("f-item", "Other"), ("f-needed", "2026-13-45")));
        var asked = Forms.Read(await more.Content.ReadAsStringAsync(Cancel));
        Assert.NotNull(asked.QuerySelector("#f-which"));

        using var wrong = await browser.SendAsync(address, asked.Fill("/equipment", ("f-which", "A standing desk"), ("f-needed", "2026-13-45")));
        var refused = Forms.Read(await wrong.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("Needed by: choose a day that exists.", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A standing desk", refused.QuerySelector("#f-which")!.GetAttribute("value"));

        using var sent = await browser.SendAsync(address, refused.Fill("/equipment", ("f-needed", "2026-12-01"), ("f-who", acorn.Manager.Id.ToString())));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var shown = (await browser.PageAsync($"{sent.Headers.Location}")).QuerySelector("main")!.TextContent;
        Assert.Contains("Which: A standing desk", shown, StringComparison.Ordinal);
        Assert.Contains("1 December 2026", shown, StringComparison.Ordinal);
        Assert.Contains($"For whom: {acorn.Manager.Name}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_of_another_client_is_no_answer()
    {
        await FormAsync();
        using var browser = await portal.AsAsync(portal.World.Acorn.Employee);
        var address = $"{portal.World.Acorn.Door}/ask/equipment";
        using var answer = await browser.SendAsync(address, (await browser.PageAsync(address)).Fill("/equipment", ("f-item", "Laptop"), ("f-needed", "2026-12-01"), ("f-who", portal.World.Birch.Manager.Id.ToString())));
        Assert.Contains("For whom: choose from the list.", Forms.Read(await answer.Content.ReadAsStringAsync(Cancel)).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    private Task FormAsync() => portal.AsAsync(portal.World.Acorn.Id, async services =>
    {
        var db = services.GetRequiredService<PortalDb>();
        if (await db.RequestTypes.AnyAsync(Cancel)) return;
        db.Add(new RequestType
        {
            TenantId = portal.World.Acorn.Id, Id = Guid.CreateVersion7(), Slug = "equipment", Title = "Equipment", Summary = "Buy something.", Category = "purchase/hardware", Group = "Orders", Icon = "cart",
            Fields =
            [
                new("item", "What", FieldType.Choice, true, null, ["Laptop", "Other"], null, []), new("which", "Which", FieldType.Text, true, null, [], "item", ["Other"]),
                new("needed", "Needed by", FieldType.Date, true, null, [], null, []), new("who", "For whom", FieldType.Person, false, null, [], null, []),
            ],
        });
        await db.SaveChangesAsync(Cancel);
    });
}
