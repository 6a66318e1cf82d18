using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>Hears of committed events once a process and tells every open stream. Its position moves only over transactions that have ended and were told,
/// so that a stream which comes back from it misses nothing.</summary>
public sealed class LiveChanges : BackgroundService
{
    private const int StreamsOfOnePerson = 6, MostAtOnce = 1000, Remembered = 20_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private sealed record Notice(TenantId Client, TicketId Ticket, ulong Transaction, ulong Oldest);

    private readonly Channel<Notice> notices = System.Threading.Channels.Channel.CreateBounded<Notice>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<LiveStream, long> streams = new();
    private readonly Dictionary<(TenantId, TicketId), TicketChange> tickets = [];
    private readonly HashSet<(TicketId, ulong)> told = [];
    private readonly EventPositions positions;
    private readonly IServiceScopeFactory scopes;
    private readonly ClientDirectory clients;
    private readonly ILogger<LiveChanges> log;
    private ulong position;
    private long opened;

    public LiveChanges(Signals signals, EventPositions positions, IServiceScopeFactory scopes, ClientDirectory clients, ILogger<LiveChanges> log)
    {
        (this.positions, this.scopes, this.clients, this.log) = (positions, scopes, clients, log);
        signals.Heard += Hear;
    }

    /// <summary>Everything that older transactions wrote has been told; 0 until the database has answered once.</summary>
    public ulong Position => Volatile.Read(ref position);

    public LiveStream Open(Guid person)
    {
        var stream = new LiveStream(person);
        stream.Closed += () => streams.TryRemove(stream, out _);
        streams[stream] = Interlocked.Increment(ref opened);
        // the oldest gives way: a browser that has forgotten its streams can always open one
        foreach (var old in streams.Where(s => s.Key.Person == person).OrderByDescending(s => s.Value).Skip(StreamsOfOnePerson)) old.Key.End();
        return stream;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Live pages cannot read the events ({Reason}); trying again", e.GetBaseException().Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) { return; }
        }
    }

    private void Hear(string channel, string payload)
    {
        if (channel is "rights" or "directory") TellAll(LiveWord.Check);
        if (channel != "live" || payload.Split(' ') is not [var client, var ticket, var transaction, var oldest]) return;
        notices.Writer.TryWrite(new(new(Guid.Parse(client)), new(Guid.Parse(ticket)), ulong.Parse(transaction, CultureInfo.InvariantCulture), ulong.Parse(oldest, CultureInfo.InvariantCulture)));
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wait.CancelAfter(Poll);
        try
        {
            while (true)
            {
                var notice = await notices.Reader.ReadAsync(wait.Token);
                // all transactions older than this were announced, and so told, before it
                MoveTo(notice.Oldest);
                await TellAsync(notice.Client, notice.Ticket, notice.Transaction, cancel);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { return; }
    }

    // the safety net under the notices, and all there is while their connection is down
    private async Task CatchUpAsync(CancellationToken cancel)
    {
        var from = Position;
        if (from > 0 && streams.IsEmpty) return;
        var now = await positions.NowAsync(cancel);
        if (from > 0)
        {
            var missed = await MissedAsync(from, cancel);
            foreach (var (client, ticket, transaction) in missed) await TellAsync(client, ticket, transaction, cancel);
            if (missed.Count == MostAtOnce) TellAll(LiveWord.Refresh);
        }
        MoveTo(now);
        told.RemoveWhere(known => known.Item2 < now);
    }

    private async Task<List<(TenantId, TicketId, ulong)>> MissedAsync(ulong from, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetAll();
        var rows = await scope.ServiceProvider.GetRequiredService<PortalDb>().Events.AsNoTracking().Where(e => EF.Property<ulong>(e, PortalDb.TransactionOf) >= from)
            .Select(e => new { e.TenantId, e.TicketId, Transaction = EF.Property<ulong>(e, PortalDb.TransactionOf) }).Distinct().Take(MostAtOnce).ToListAsync(cancel);
        return [.. rows.Select(r => (r.TenantId, r.TicketId, r.Transaction))];
    }

    private async Task TellAsync(TenantId client, TicketId ticket, ulong transaction, CancellationToken cancel)
    {
        if (told.Count > Remembered) told.Clear();
        if (!told.Add((ticket, transaction)) || streams.IsEmpty) return;
        if (await ChangeAsync(client, ticket, cancel) is { } change) TellAll(new(change, false, Position));
    }

    // number and contact of a ticket never change
    private async Task<TicketChange?> ChangeAsync(TenantId client, TicketId ticket, CancellationToken cancel)
    {
        if (tickets.TryGetValue((client, ticket), out var known)) return known;
        if (clients.ById(client) is not { } owner) return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var found = await scope.ServiceProvider.GetRequiredService<PortalDb>().Tickets.AsNoTracking().Where(t => t.Id == ticket).Select(t => new { t.Number, t.ContactId }).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        if (tickets.Count >= Remembered) tickets.Clear();
        return tickets[(client, ticket)] = new(client, $"{owner.TicketPrefix}-{found.Number}", found.ContactId);
    }

    private void TellAll(LiveWord word) { foreach (var stream in streams.Keys) stream.Tell(word); }

    private void MoveTo(ulong later) { if (later > Position) Volatile.Write(ref position, later); }
}
