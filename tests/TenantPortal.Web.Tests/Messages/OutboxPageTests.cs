using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Messages;

public sealed class OutboxPageTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sends_an_uncertain_message_again_with_the_same_bytes()
    {
        var letter = await DoubtAsync(portal.World.Acorn, "again");
        using var desk = await portal.AsAsync(portal.World.Nico);
        Assert.Equal(HttpStatusCode.Redirect, await DecideAsync(desk, letter.Id, "Again"));
        var sent = await UntilSentAsync(letter);
        Assert.Equal(letter.Bytes, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(portal.MailFolder, "acorn"), $"*{letter.Id:n}*")), Cancel));
        Assert.Equal(letter.Bytes, sent.Bytes);
        Assert.Equal(2, sent.Attempts);
        var decided = await portal.AsAsync(letter.TenantId, s => s.GetRequiredService<PortalDb>().ClientEvents.AsNoTracking().SingleAsync(e => e.Kind == "mail-sent-again", Cancel));
        Assert.Equal(("Nico", letter.Id.ToString()), (decided.ActorName, decided.Detail["message"]));
    }

    [Fact]
    public async Task A_message_that_has_arrived_leaves_the_list_and_is_not_sent()
    {
        var letter = await DoubtAsync(portal.World.Acorn, "arrived");
        using var desk = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("doubt arrived", await PageAsync(desk), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await DecideAsync(desk, letter.Id, "Arrived"));
        Assert.DoesNotContain("doubt arrived", await PageAsync(desk), StringComparison.Ordinal);
        Assert.Equal(1, (await ReadAsync(letter)).Attempts);
    }

    [Fact]
    public async Task An_engineer_of_one_client_sees_and_settles_only_that_clients_messages()
    {
        var (own, foreign) = (await DoubtAsync(portal.World.Acorn, "own"), await DoubtAsync(portal.World.Birch, World.Canary));
        using var desk = await portal.AsAsync(portal.World.Nico);
        var page = await PageAsync(desk);
        Assert.Contains("doubt own", page, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Canary, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(desk, foreign.Id, "Again"));
        Assert.Equal(OutboxState.Uncertain, (await ReadAsync(foreign)).State);
        Assert.Equal(OutboxState.Uncertain, (await ReadAsync(own)).State);
    }

    private async Task<OutboxMessage> DoubtAsync(World.Twin twin, string subject)
    {
        var letter = new OutboxMessage
        {
            TenantId = twin.Id, Stage = "reply", Recipient = twin.Employee.Email, Occurrence = Guid.NewGuid().ToString("n"), Subject = $"doubt {subject}", MessageId = "<m>", Bytes = Guid.NewGuid().ToByteArray(),
            CreatedAt = TimeProvider.System.GetUtcNow(), State = OutboxState.Uncertain, Attempts = 1, Error = "The hand-over broke off.",
        };
        await portal.AsAsync(twin.Id, async s => { s.GetRequiredService<PortalDb>().Add(letter); await s.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel); });
        return letter;
    }

    private static async Task<string> PageAsync(HttpClient desk) => await desk.GetStringAsync(new Uri("/desk/outbox", UriKind.Relative), Cancel);

    private static async Task<HttpStatusCode> DecideAsync(HttpClient desk, Guid id, string handler)
    {
        var token = Regex.Match(await PageAsync(desk), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var answer = await desk.PostAsync(new Uri($"/desk/outbox?handler={handler}", UriKind.Relative), new FormUrlEncodedContent([new("id", id.ToString()), new("__RequestVerificationToken", token)]), Cancel);
        return answer.StatusCode;
    }

    private Task<OutboxMessage> ReadAsync(OutboxMessage letter) => portal.AsAsync(letter.TenantId, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().SingleAsync(m => m.Id == letter.Id, Cancel));

    private async Task<OutboxMessage> UntilSentAsync(OutboxMessage letter)
    {
        while (true)
        {
            var now = await ReadAsync(letter);
            if (now.State == OutboxState.Sent) return now;
            await Task.Delay(20, Cancel);
        }
    }
}
