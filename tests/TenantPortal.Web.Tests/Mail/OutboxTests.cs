using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Mail;

public sealed class OutboxTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queued_letter_arrives_once_with_the_frozen_bytes()
    {
        var occurrence = Guid.NewGuid().ToString("n");
        Assert.True(await QueueAsync(occurrence));
        Assert.False(await QueueAsync(occurrence));
        var sent = await UntilAsync(occurrence, m => m.State == OutboxState.Sent);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(portal.MailFolder, "acorn"), $"*{sent.Id:n}*"));
        Assert.Equal(sent.Bytes, await File.ReadAllBytesAsync(file, Cancel));
    }

    [Fact]
    public async Task Eight_askers_at_once_queue_one_letter()
    {
        var occurrence = Guid.NewGuid().ToString("n");
        var queued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => QueueAsync(occurrence)));
        Assert.Single(queued, one => one);
    }

    [Fact]
    public async Task A_call_that_breaks_off_is_uncertain_and_is_not_made_again()
    {
        var letter = await FrozenAsync();
        var transport = new Broken();
        await SendAsync(letter, transport);
        var after = await ReadAsync(letter.Id);
        Assert.Equal((OutboxState.Uncertain, 1), (after.State, transport.Calls));
        Assert.Contains("the line went dead", after.Error, StringComparison.Ordinal);
        await SendAsync(letter, transport);
        Assert.Equal(1, transport.Calls);
    }

    [Fact]
    public async Task A_program_that_died_in_the_call_leaves_an_uncertain_letter()
    {
        var letter = await FrozenAsync(OutboxState.Sending, callBegunAt: DateTimeOffset.Parse("2026-01-05T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        var transport = new Refusing(Delivery.Taken);
        await SendAsync(letter, transport);
        Assert.Equal((OutboxState.Uncertain, 0), ((await ReadAsync(letter.Id)).State, transport.Letters.Count));
    }

    [Fact]
    public async Task A_call_that_another_worker_is_in_is_left_to_it()
    {
        var letter = await FrozenAsync(OutboxState.Sending, callBegunAt: TimeProvider.System.GetUtcNow());
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(letter, new Refusing(Delivery.Taken)));
        Assert.Equal(OutboxState.Sending, (await ReadAsync(letter.Id)).State);
    }

    [Fact]
    public async Task A_refused_letter_goes_out_later_with_the_same_bytes()
    {
        var letter = await FrozenAsync();
        var busy = new Refusing(Delivery.NotNow("The mailbox is full."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(letter, busy));
        Assert.Equal(OutboxState.Queued, (await ReadAsync(letter.Id)).State);
        var taking = new Refusing(Delivery.Taken);
        await SendAsync(letter, taking);
        Assert.Equal(OutboxState.Sent, (await ReadAsync(letter.Id)).State);
        Assert.Equal(Assert.Single(busy.Letters).Bytes, Assert.Single(taking.Letters).Bytes);
    }

    [Fact]
    public async Task A_letter_refused_for_good_or_too_often_has_failed()
    {
        var (forGood, tooOften) = (await FrozenAsync(), await FrozenAsync());
        await SendAsync(forGood, new Refusing(Delivery.Never("There is no such mailbox.")));
        await SendAsync(tooOften, new Refusing(Delivery.NotNow("The mailbox is full.")), attempts: JobWorker.MostAttempts);
        Assert.Equal((OutboxState.Failed, "There is no such mailbox."), await StateAsync(forGood));
        Assert.Equal((OutboxState.Failed, "The mailbox is full."), await StateAsync(tooOften));
    }

    [Fact]
    public async Task Two_runs_at_once_make_one_call()
    {
        var letter = await FrozenAsync();
        var transport = new Refusing(Delivery.Taken);
        var runs = Enumerable.Range(0, 6).Select(_ => SendAsync(letter, transport)).ToList();
        try { await Task.WhenAll(runs); }
        catch (InvalidOperationException) { Assert.Contains(runs, run => run.IsCompletedSuccessfully); }
        Assert.Single(transport.Letters);
    }

    [Fact]
    public async Task An_address_that_is_none_fails_where_people_see_it()
    {
        var occurrence = Guid.NewGuid().ToString("n");
        Assert.True(await QueueAsync(occurrence, "eve@acorn.example\r\nBcc: all@victims.example"));
        var failed = await UntilAsync(occurrence, m => m.State == OutboxState.Failed);
        Assert.Empty(failed.Bytes);
        Assert.Contains("not a mail address", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_link_says_whom_and_what_it_was_for_and_only_at_its_own_client()
    {
        var links = portal.Services.GetRequiredService<TicketLinks>();
        var link = new TicketLink(TicketId.New(), "eve@acorn.example");
        var token = links.Sign(portal.World.Acorn.Id, link);
        Assert.Equal(link, links.Read(portal.World.Acorn.Id, token));
        Assert.Null(links.Read(portal.World.Birch.Id, token));
        Assert.Null(links.Read(portal.World.Acorn.Id, token[..^2] + "xx"));
        Assert.Null(links.Read(portal.World.Acorn.Id, null));
    }

    private Task<bool> QueueAsync(string occurrence, string recipient = "eve@acorn.example") => portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<MailQueue>().QueueAsync(
        new("sign-in-link", null, "sign-in", recipient, "Eve Mill", occurrence, new Dictionary<string, string> { ["minutes"] = "15" }, "/sign-in/link?token=abc"), Cancel));

    private async Task<OutboxMessage> FrozenAsync(OutboxState state = OutboxState.Queued, DateTimeOffset? callBegunAt = null)
    {
        var letter = new OutboxMessage
        {
            TenantId = portal.World.Acorn.Id, Stage = "test", Recipient = "eve@acorn.example", Occurrence = Guid.NewGuid().ToString("n"), Subject = "s", MessageId = "<m>", Bytes = Guid.NewGuid().ToByteArray(),
            CreatedAt = TimeProvider.System.GetUtcNow(), State = state, Attempts = callBegunAt is null ? 0 : 1, CallBegunAt = callBegunAt,
        };
        await portal.AsAsync(letter.TenantId, async s => { s.GetRequiredService<PortalDb>().Add(letter); await s.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel); });
        return letter;
    }

    private Task SendAsync(OutboxMessage letter, IMailTransport transport, int attempts = 1) => portal.AsAsync(letter.TenantId, s =>
        new SendMail(s.GetRequiredService<PortalDb>(), transport, s.GetRequiredService<Infrastructure.Hooks.HookTransport>(), s.GetRequiredService<ClientDirectory>(), s.GetRequiredService<PortalSettings>(), s.GetRequiredService<OutsideHold>(), TimeProvider.System)
            .RunAsync(new() { TenantId = letter.TenantId, Kind = SendMail.JobKind, RefId = letter.Id, DueAt = letter.CreatedAt, Attempts = attempts }, Cancel));

    private Task<OutboxMessage> ReadAsync(Guid id) => portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().SingleAsync(m => m.Id == id, Cancel));

    private async Task<(OutboxState, string?)> StateAsync(OutboxMessage letter) => await ReadAsync(letter.Id) is var now ? (now.State, now.Error) : default;

    private async Task<OutboxMessage> UntilAsync(string occurrence, Func<OutboxMessage, bool> holds)
    {
        while (true)
        {
            var message = await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().SingleAsync(m => m.Occurrence == occurrence, Cancel));
            if (holds(message)) return message;
            await Task.Delay(20, Cancel);
        }
    }

    private sealed class Broken : IMailTransport
    {
        public int Calls { get; private set; }
        public Task<Delivery> SendAsync(Letter letter, CancellationToken cancel) { Calls++; throw new IOException("the line went dead"); }
    }

    private sealed class Refusing(Delivery answer) : IMailTransport
    {
        public System.Collections.Concurrent.ConcurrentQueue<Letter> Letters { get; } = new();
        public Task<Delivery> SendAsync(Letter letter, CancellationToken cancel) { Letters.Enqueue(letter); return Task.FromResult(answer); }
    }
}
