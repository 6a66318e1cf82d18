using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Makes the frozen row of a letter from its template, the client's look and the link.</summary>
public sealed class MailWriter(MailTemplates templates, PortalAddresses addresses, TicketLinks links, ClientDirectory clients, PortalSettings settings)
{
    public OutboxMessage Write(MailToSend mail, Client client, ClientLook? look, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        var domain = settings.MailFrom[(settings.MailFrom.LastIndexOf('@') + 1)..];
        var messageId = $"<{id:n}@{domain}>";
        var written = templates.Write(mail.Template, Values(mail, client, look));
        var address = MailHeaders.Address(mail.Recipient);
        var bytes = address is null ? [] : new MimeMessage
        {
            MessageId = messageId, ThreadId = mail.TicketId is { } ticket ? $"<ticket-{ticket.Value:n}@{domain}>" : null, Date = now,
            FromName = client.IsMsp ? client.Name : $"{clients.Msp.Name} for {client.Name}", From = settings.MailFrom, ToName = mail.RecipientName, To = address,
            Subject = written.Subject, Text = written.Text, Html = written.Html, IsAutomatic = mail.IsAutomatic,
        }.ToBytes();
        return new()
        {
            TenantId = client.Id, Id = id, TicketId = mail.TicketId, Stage = mail.Stage, Recipient = mail.Recipient, Occurrence = mail.Occurrence, Subject = written.Subject, MessageId = messageId, Bytes = bytes,
            CreatedAt = now, State = address is null ? OutboxState.Failed : OutboxState.Queued, Error = address is null ? "This is not a mail address. Correct it on the person's page; the message will not be sent." : null,
        };
    }

    private Dictionary<string, string> Values(MailToSend mail, Client client, ClientLook? look) => new(mail.Values, StringComparer.Ordinal)
    {
        ["name"] = PersonName.First(MailHeaders.OneLine(mail.RecipientName)),
        ["company"] = client.Name,
        ["msp"] = clients.Msp.Name,
        ["phone"] = look?.Phone ?? "",
        ["accent"] = (AccentColour.Read(look?.Accent) ?? AccentColour.Of(new(0x1F, 0x5F, 0xBF))).OnLight.ToString(),
        ["link"] = Link(mail, client),
    };

    private string Link(MailToSend mail, Client client)
    {
        if (mail.LinkPath is null) return "";
        var address = addresses.Of(client, mail.LinkPath);
        return mail.TicketId is { } ticket ? $"{address}{(mail.LinkPath.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{TicketLinks.Parameter}={links.Sign(client.Id, new(ticket, mail.Recipient))}" : address;
    }
}
