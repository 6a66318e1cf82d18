using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>What one browser hears: first what it missed, then every change as it happens, and a sign of life every 15 s.</summary>
public sealed class Listening(LiveChanges changes, IServiceScopeFactory scopes, ClientDirectory clients, IHostApplicationLifetime life, TimeProvider time)
{
    private const int MostMissed = 200;
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15), Longest = TimeSpan.FromMinutes(30), RightsSettle = TimeSpan.FromMilliseconds(300);

    public async IAsyncEnumerable<SseItem<string>> ToAsync(ILiveViewer viewer, string? since, [EnumeratorCancellation] CancellationToken cancel)
    {
        // else an open stream would hold the shutdown up
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        using var stream = changes.Open(viewer.Person);
        var position = changes.Position;
        var until = time.GetUtcNow() + Longest;
        var missed = string.IsNullOrEmpty(since) ? [] : await MissedAsync(viewer, since, end.Token);
        yield return new("{}", "hello") { ReconnectionInterval = TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 4000)) };
        if (missed is null) yield return new("{}", "refresh");
        foreach (var reference in missed ?? []) yield return new(Data(reference), "ticket");
        // only now may the browser come back from here: what it had missed is with it
        yield return new("{}", "ping") { EventId = position > 0 ? viewer.Write(position) : null };
        while (time.GetUtcNow() < until)
        {
            var (word, ended) = await stream.NextAsync(Ping, end.Token);
            if (ended) yield break;
            if (word == LiveWord.Check) await Task.Delay(RightsSettle, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested || !await HoldsAsync(viewer)) yield break;
            if (Item(word, viewer) is { } item) yield return item;
        }
    }

    private static SseItem<string>? Item(LiveWord? word, ILiveViewer viewer) => word switch
    {
        null => new("{}", "ping"),
        { Everything: true } => new("{}", "refresh"),
        { Change: { } change } when viewer.Hears(change) => new(Data(change.Reference), "ticket") { EventId = word.Position is { } position ? viewer.Write(position) : null },
        _ => null,
    };

    // without a database nobody's rights are known; the browser comes back by itself
    private static async Task<bool> HoldsAsync(ILiveViewer viewer)
    {
        try { return await viewer.HoldsAsync(CancellationToken.None); }
        catch (Npgsql.NpgsqlException) { return false; }
    }

    private static string Data(string reference) => JsonSerializer.Serialize(new { ticket = reference }, ColumnTypes.JsonOptions);

    /// <summary>The tickets that changed since the position; null when the position is none of ours or too much happened.</summary>
    private async Task<List<string>?> MissedAsync(ILiveViewer viewer, string since, CancellationToken cancel)
    {
        if (viewer.Read(since) is not { } from) return null;
        await using var scope = scopes.CreateAsyncScope();
        viewer.SetScope(scope.ServiceProvider.GetRequiredService<TenantScope>());
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var events = db.Events.Where(e => EF.Property<ulong>(e, PortalDb.TransactionOf) >= from);
        var rows = await viewer.Own(db.Tickets).Where(t => events.Any(e => e.TenantId == t.TenantId && e.TicketId == t.Id)).Select(t => new { t.TenantId, t.Number }).Take(MostMissed + 1).ToListAsync(cancel);
        return rows.Count > MostMissed ? null : [.. rows.Select(r => $"{clients.ById(r.TenantId)?.TicketPrefix}-{r.Number}")];
    }
}
