using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Infrastructure.Mail.Smtp;

/// <summary>Hands letters to the operator's mail host. While the host cannot be used, one letter a minute tries and the others wait; when it is back they leave at the set pace, so that nothing comes as a storm.</summary>
public sealed class SmtpTransport(PortalSettings portal, TimeProvider time) : IMailTransport
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);
    private readonly SmtpSettings settings = portal.Smtp ?? throw new InvalidOperationException("PORTAL_SMTP is not set.");
    private readonly Lock gate = new();
    private DateTimeOffset notBefore, nextSlot;
    private string? trouble;

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (Wait() is { } wait) throw wait;
        SmtpLine line;
        try { line = await SmtpTalk.BeginAsync(settings, cancel); }
        catch (SmtpUnusableException e) { throw Unusable(e.Message); }
        await using (line)
        {
            lock (gate) (trouble, notBefore) = (null, default);
            return await HandOverAsync(line, letter, cancel);
        }
    }

    /// <summary>Finds out whether letters could be handed over now; null, or a sentence about what is wrong.</summary>
    public async Task<string?> TryAsync(CancellationToken cancel)
    {
        try
        {
            await using var line = await SmtpTalk.BeginAsync(settings, cancel);
            await line.AskAsync("QUIT", cancel);
            return null;
        }
        catch (SmtpUnusableException e) { return e.Message; }
        catch (IOException e) { return e.Message; }
    }

    private static async Task<Delivery> HandOverAsync(SmtpLine line, Letter letter, CancellationToken cancel)
    {
        // before the whole letter is over, the host cannot have taken it, whatever breaks
        try
        {
            if (await line.AskAsync($"MAIL FROM:<{letter.From}>", cancel) is { IsGood: false } from) return Refused(from, $"does not let us send as {letter.From}");
            if (await line.AskAsync($"RCPT TO:<{letter.Recipient}>", cancel) is { IsGood: false } to) return Refused(to, $"does not take letters for {letter.Recipient}");
            if (await line.AskAsync("DATA", cancel) is { Code: not 354 } data) return Refused(data, "does not take the letter");
            await line.WriteAsync(letter.Bytes, cancel);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { return Delivery.NotNow($"The line to the mail host broke before the letter was over: {e.Message}"); }
        // from here on only its answer tells: no answer is thrown on, and a person decides
        var taken = await line.AskAsync(".", cancel);
        try { if (taken.IsGood) await line.AskAsync("QUIT", cancel); }
        catch (Exception e) when (e is IOException or OperationCanceledException) { /* the letter was taken; how the line ends does not matter */ }
        return taken.IsGood ? Delivery.Taken : Refused(taken, "does not take the letter");
    }

    private static Delivery Refused(SmtpReply reply, string what)
    {
        var why = $"The mail host {what}: {reply.Words}";
        return reply.IsForNow ? Delivery.NotNow(why) : Delivery.Never(why);
    }

    // one may pass each minute while there is trouble, and so many a minute as the operator allows otherwise
    private NotYetException? Wait()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now < notBefore) return new(trouble!, notBefore - now);
            if (trouble is not null) notBefore = now + TryAgain;
            var slot = nextSlot > now ? nextSlot : now;
            var pace = TimeSpan.FromMinutes(1) / settings.PerMinute;
            // a burst of ten leaves at once
            if (slot - now > pace * 10) return new($"More than {settings.PerMinute} letters a minute; this one waits for its turn.", slot - now);
            nextSlot = slot + pace;
            return null;
        }
    }

    private NotYetException Unusable(string why)
    {
        lock (gate)
        {
            (trouble, notBefore) = (why, time.GetUtcNow() + TryAgain);
            return new(why, TryAgain);
        }
    }
}
