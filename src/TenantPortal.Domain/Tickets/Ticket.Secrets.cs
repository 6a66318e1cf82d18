using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets.Secrets;

namespace TenantPortal.Domain.Tickets;

/// <summary>Credentials in words: every text that people write passes here before it is kept.</summary>
public sealed partial class Ticket
{
    private SecretCover? cover;

    /// <summary>Taken out of the words by what was done since the ticket was read.</summary>
    public List<TicketSecret> Secrets { get; } = [];

    /// <summary>The text with masks where credentials stood; one event says that something was hidden.</summary>
    public string Hide(string text, Actor by, DateTimeOffset now)
    {
        if (!SecretCover.Finds(text)) return text;
        var covered = (cover ??= new()).Cover(text);
        KeepFound(cover, by, now);
        return covered;
    }

    private string? HideIn(string? text, Actor by, DateTimeOffset now) => text is null ? null : Hide(text, by, now);

    /// <summary>Takes over what was covered in a report before the ticket was made of it.</summary>
    public void Keep(SecretCover report, Actor by, DateTimeOffset now)
    {
        cover ??= report;   // the same credential in a later text has the same mask
        foreach (var secret in report.Found) Keep(secret, by, now);
        if (report.Found.Count > 0) Tell(report.Found, by, now);
    }

    private void KeepFound(SecretCover cover, Actor by, DateTimeOffset now)
    {
        var fresh = cover.Found.Where(f => !Secrets.Exists(s => s.Label == f.Label)).ToList();
        foreach (var secret in fresh) Keep(secret, by, now);
        if (fresh.Count > 0) Tell(fresh, by, now);
    }

    private void Keep(CoveredSecret secret, Actor by, DateTimeOffset now) => Secrets.Add(TicketSecret.Of(this, secret, by, now));

    private void Tell(IReadOnlyList<CoveredSecret> hidden, Actor by, DateTimeOffset now) =>
        Record(TicketEventKind.SecretHidden, by, now, ("what", string.Join(", ", hidden.Select(h => SecretCover.NameOf(h.Kind)))), ("labels", string.Join(", ", hidden.Select(h => h.Label))));

    /// <summary>Writes down who looks at a hidden value and why; the value itself is opened only after that is kept.</summary>
    public Refusal? Reveal(TicketSecret secret, string? why, Actor by, DateTimeOffset now)
    {
        if (Reasoned(secret, why) is { } refusal) return refusal;
        Record(TicketEventKind.SecretRevealed, by, now, ("label", secret.Label), ("what", SecretCover.NameOf(secret.Kind)), ("why", Hide(CleanText.Of(why!), by, now)));
        return null;
    }

    /// <summary>Puts the words back where they were no secret; the caller does the same in messages, notes and facts.</summary>
    public Refusal? Uncover(TicketSecret secret, string plain, string? why, Actor by, DateTimeOffset now)
    {
        if (Reasoned(secret, why) is { } refusal) return refusal;
        var mask = SecretCover.Mask(secret.Kind, secret.Label);
        Subject = Subject.Replace(mask, plain, StringComparison.Ordinal);
        if (Resolution is { } told) Resolution = told.With(text => text?.Replace(mask, plain, StringComparison.Ordinal));
        secret.Undo(now);
        Record(TicketEventKind.MaskUndone, by, now, ("label", secret.Label), ("what", SecretCover.NameOf(secret.Kind)), ("why", Hide(CleanText.Of(why!), by, now)));
        return null;
    }

    private static Refusal? Reasoned(TicketSecret secret, string? why)
    {
        if (secret.UndoneAt is not null) return new("This mask was taken off already; the words stand in the ticket.");
        return string.IsNullOrWhiteSpace(why) || why.Trim().Length < 5 || why.Length > 500 ? new("Say why in a few words. The reason is kept in the ticket's history.") : null;
    }
}
