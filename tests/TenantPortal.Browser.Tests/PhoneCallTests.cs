using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Browser.Tests;

/// <summary>The receiver is in one hand: a ticket for a caller needs no mouse.</summary>
public sealed partial class PhoneCallTests(Stage stage) : IClassFixture<Stage>
{
    // beside the words: search, four answers of seven letters with a tab to each, a tab to the button, and the button
    private const int MostKeys = 14;
    private int keys;

    [Fact]
    public async Task A_caller_s_broken_keyboard_is_a_complete_ticket_after_fourteen_keys()
    {
        var page = await stage.AsAsync("Priya Raman");
        await page.GotoAsync("/desk/new");
        await page.Keyboard.TypeAsync("Callum Reid");
        await PressAsync(page, "Enter");
        await page.WaitForURLAsync(Caller());
        await page.Keyboard.TypeAsync("Half the keys of my keyboard do nothing");
        // a closed list takes the first letters of an answer
        foreach (var answer in new[] { "O", "Sl", "Som", "N" })
        {
            await PressAsync(page, "Tab");
            foreach (var letter in answer) await PressAsync(page, $"{letter}");
        }
        await PressAsync(page, "Tab");
        await PressAsync(page, "Enter");
        await page.WaitForURLAsync(Opened());

        var ticket = await ReadAsync(int.Parse(Opened().Match(page.Url).Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((Impact.One, Urgency.Slowed, "Something else", Sensitivity.None, Channel.Phone), (ticket.Impact, ticket.Urgency, ticket.AffectedSystem, ticket.Sensitivity, ticket.Channel));
        Assert.True(ticket.GateComplete);
        Assert.True(keys <= MostKeys, $"{keys} keys beside the words");
        stage.AssertNoComplaints();
    }

    private async Task PressAsync(IPage page, string key)
    {
        keys++;
        await page.Keyboard.PressAsync(key);
    }

    private async Task<Ticket> ReadAsync(int number)
    {
        await using var scope = stage.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(stage.Services.GetRequiredService<ClientDirectory>().BySlug("northwind")!.Id);
        return await scope.ServiceProvider.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Number == number, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("/desk/new\\?caller=northwind", RegexOptions.None, 1000)] private static partial Regex Caller();
    [GeneratedRegex("/desk/tickets/NWO-(?<n>\\d+)$", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Opened();
}
