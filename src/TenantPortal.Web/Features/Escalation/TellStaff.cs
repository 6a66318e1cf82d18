using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Tells one person by the bell and a mail, once for each step.</summary>
public sealed class TellStaff(PortalDb db, MailQueue mail, StaffDirectory staff, EscalationTime said)
{
    private const int SubjectLength = 60;

    /// <summary>The name of who was told.</summary>
    public async Task<string> RunAsync(Ticket ticket, StaffId to, Guid step, string sentence, DateTimeOffset now, CancellationToken cancel)
    {
        if (staff.ById(to) is not { } person) return "";
        await db.AddOnceAsync([new StaffNotice { TenantId = ticket.TenantId, StaffId = to.Value, TicketId = ticket.Id, Kind = $"escalation {step:n}", Sentence = CleanText.Start($"{said.Client(ticket)}: {sentence}", 300), At = now }], cancel);
        await mail.QueueAsync(Letter("warning", ticket, person, $"{step:n}", $"/desk/tickets/{said.Reference(ticket)}", new() { ["sentence"] = sentence }), cancel);
        return person.Name;
    }

    public MailToSend Letter(string template, Ticket ticket, StaffMember to, string occurrence, string page, Dictionary<string, string> values)
    {
        values["subject"] = CleanText.FirstLine(ticket.Subject, SubjectLength);
        values["number"] = said.Reference(ticket);
        return new(template, ticket.Id, template, to.Email, to.Name, occurrence, values, page) { Client = ticket.TenantId };
    }
}
