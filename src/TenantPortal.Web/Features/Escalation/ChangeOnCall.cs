using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Changes rotas, stand-ins, times off, paths and channels, each with the event that says who did it.</summary>
public sealed class ChangeOnCall(OnCallDirectory directory, ClientDirectory clients, ClientScopes scopes, Me me, TimeProvider time)
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(366);

    public bool MayEnter => me.Has(StaffRoles.Operator | StaffRoles.ServiceLead);

    public Task<Refusal?> AddRotaAsync(string key, string name, string timeZone, CancellationToken cancel)
    {
        if (name.Length == 0) return Refused("Give the rota a name, such as “Network lead”.");
        if (key.Length is < 2 or > 40 || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return Refused("The short name has 2 to 40 of a to z, 0 to 9 and hyphen, such as network-lead.");
        if (key is "gaps" or PathStep.Owner or PathStep.Lead || directory.Roster.Knows(key)) return Refused($"“{key}” is taken already.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)) return Refused($"“{timeZone}” is not a time zone; write one such as Europe/London.");
        return SaveAsync("rota-made", db => { db.Add(new Rota { Key = key, Name = name, TimeZone = timeZone }); return Task.CompletedTask; }, [("rota", key), ("name", name)], cancel);
    }

    public Task<Refusal?> AddShiftAsync(Rota rota, Shift shift, CancellationToken cancel)
    {
        if (shift.Days.Count == 0) return Refused("Choose at least one day.");
        if (shift.People.Count == 0) return Refused("Choose who is on call.");
        if (rota.Shifts.Count >= 50) return Refused("A rota has at most 50 shifts.");
        return SaveAsync("rota-changed", db => ChangeAsync(db, rota, r => r.Shifts = [.. r.Shifts, shift], cancel), [("rota", rota.Key), ("added", ShiftWords.Of(shift))], cancel);
    }

    /// <param name="words">The shift as the page showed it: another one may stand in its place by now.</param>
    public Task<Refusal?> RemoveShiftAsync(Rota rota, int place, string? words, CancellationToken cancel) =>
        place < 0 || place >= rota.Shifts.Count || ShiftWords.Of(rota.Shifts[place]) != words ? Refused("This shift is gone already. Reload the page.")
        : SaveAsync("rota-changed", db => ChangeAsync(db, rota, r => r.Shifts = [.. r.Shifts.Where((_, i) => i != place)], cancel), [("rota", rota.Key), ("removed", ShiftWords.Of(rota.Shifts[place]))], cancel);

    public Task<Refusal?> StandInAsync(Rota rota, StaffId person, DateTimeOffset from, DateTimeOffset until, string? why, CancellationToken cancel)
    {
        if (Span(person, from, until) is { } refusal) return Refused(refusal);
        var made = new StandIn { RotaId = rota.Id, StaffId = person, FromAt = from, UntilAt = until, Why = why, ByName = me.Staff.Name, MadeAt = time.GetUtcNow() };
        return SaveAsync("stand-in-made", db => { db.Add(made); return Task.CompletedTask; }, [("rota", rota.Key), ("person", $"{person}"), ("from", $"{from:O}"), ("until", $"{until:O}")], cancel);
    }

    public Task<Refusal?> RemoveStandInAsync(Guid id, CancellationToken cancel) =>
        SaveAsync("stand-in-removed", db => db.RemoveStandInAsync(id, cancel), [("id", $"{id}")], cancel);

    public Task<Refusal?> TakeTimeOffAsync(StaffId person, DateTimeOffset from, DateTimeOffset until, string? why, CancellationToken cancel)
    {
        if (Span(person, from, until) is { } refusal) return Refused(refusal);
        var made = new TimeOff { StaffId = person, FromAt = from, UntilAt = until, Why = why, ByName = me.Staff.Name, MadeAt = time.GetUtcNow() };
        return SaveAsync("time-off-made", db => { db.Add(made); return Task.CompletedTask; }, [("person", $"{person}"), ("from", $"{from:O}"), ("until", $"{until:O}")], cancel);
    }

    public Task<Refusal?> RemoveTimeOffAsync(Guid id, CancellationToken cancel) =>
        SaveAsync("time-off-removed", db => db.RemoveTimeOffAsync(id, cancel), [("id", $"{id}")], cancel);

    public Task<Refusal?> WritePathAsync(EscalationPath path, CancellationToken cancel) =>
        path.Refusal(directory.Roster.Knows) is { } refusal ? Refused(refusal.Sentence) : SaveAsync("path-written", async db =>
        {
            foreach (var draft in (await db.PathsAsync(path.Key, cancel)).Where(p => p.State == PathState.Draft)) draft.Supersede();
            db.Add(path);
        }, [("path", path.Key), ("version", $"{path.Number}"), ("steps", string.Join("; ", path.Steps.Select(s => $"{s.Percent} % {s.Key} {s.Autonomy}")))], cancel);

    public async Task<Refusal?> ApprovePathAsync(string key, int number, CancellationToken cancel)
    {
        Refusal? refused = null;
        var saved = await SaveAsync("path-approved", async db =>
        {
            var versions = await db.PathsAsync(key, cancel);
            if (versions.Find(p => p.Number == number) is not { } draft) { refused = new("This version is gone. Reload the page."); return; }
            refused = draft.Approve(me.Has(StaffRoles.ServiceLead), me.Staff.Id.Value, me.Staff.Name, directory.Roster.Knows, time.GetUtcNow());
            if (refused is null) foreach (var before in versions.Where(p => p.State == PathState.InForce && p.Id != draft.Id)) before.Supersede();
        }, [("path", key), ("version", $"{number}")], cancel, () => refused is null);
        return refused ?? saved;
    }

    public Task<Refusal?> AddHookAsync(Hook hook, CancellationToken cancel) => SaveAsync("channel-made", db => { db.Add(hook); return Task.CompletedTask; }, [("name", hook.Name), ("kind", $"{hook.Kind}"), ("address", new Uri(hook.Address).Host)], cancel);

    public Task<Refusal?> RemoveHookAsync(Guid id, CancellationToken cancel) => SaveAsync("channel-removed", db => db.RemoveHookAsync(id, cancel), [("id", $"{id}")], cancel);

    private string? Span(StaffId person, DateTimeOffset from, DateTimeOffset until)
    {
        if (directory.Roster.Staff.All(s => s.Id != person || !s.IsActive)) return "Choose a person from the list.";
        if (until <= from) return "The end comes before the start.";
        if (until <= time.GetUtcNow()) return "That time is over already.";
        return until - from > LongestSpan ? "That is longer than a year." : null;
    }

    private static async Task ChangeAsync(OnCallRows rows, Rota rota, Action<Rota> change, CancellationToken cancel) => change(await rows.RotaAsync(rota.Id, cancel));

    // the person's own scope may be without the MSP's rows, where such events are kept
    private async Task<Refusal?> SaveAsync(string kind, Func<OnCallRows, Task> change, (string Key, string Value)[] detail, CancellationToken cancel, Func<bool>? isGood = null)
    {
        if (!MayEnter) return new("Only operators and service leads change this.");
        try { await WriteAsync(kind, change, detail, isGood, cancel); }
        catch (DbUpdateException) { return new("Somebody else changed this at the same moment. Reload the page."); }
        await directory.RefreshAsync(cancel);
        return null;
    }

    private Task WriteAsync(string kind, Func<OnCallRows, Task> change, (string Key, string Value)[] detail, Func<bool>? isGood, CancellationToken cancel) =>
        scopes.RunAsync(clients.Msp.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await OnCallDirectory.ChangeAsync(change, transaction.GetDbTransaction(), cancel);
            if (isGood?.Invoke() == false) return;
            db.Add(new ClientEvent { TenantId = clients.Msp.Id, Kind = kind, ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(), Detail = detail.ToDictionary(d => d.Key, d => d.Value) });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        });

    private static Task<Refusal?> Refused(string sentence) => Task.FromResult<Refusal?>(new(sentence));
}
