using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

public sealed class AskedAgainTests
{
    private static readonly MessageId Fourth = MessageId.New();

    private static readonly EnvironmentBlock Known = EnvironmentBlock.Of(
    [
        Fact(EnvironmentField.Os, "Windows 11 23H2", Fourth), Fact(EnvironmentField.Device, "LT-014", null), Fact(EnvironmentField.Error, "0x80070005", null), Fact(EnvironmentField.Codes, "0x80070005", null),
        Fact(EnvironmentField.FirstSeen, "since Monday", null), Fact(EnvironmentField.Affected, "Team", null), Fact(EnvironmentField.App, "Outlook", null), Fact(EnvironmentField.AppVersion, "16.0", null),
        Fact(EnvironmentField.Network, "Wi-Fi at home", null), Fact(EnvironmentField.Site, "High Street", null), Fact(EnvironmentField.LastChange, "new router", null),
    ], []);

    private static TicketFact Fact(EnvironmentField field, string value, MessageId? message) =>
        new() { TenantId = new(Guid.Empty), TicketId = new(Guid.Empty), Field = field, Value = value, Source = FactSource.Extracted, MessageId = message, ByKind = ActorKind.Machine, ByName = "reader", At = DateTimeOffset.UnixEpoch };

    [Fact]
    public void A_question_whose_answer_is_known_names_the_answer_and_where_it_stands()
    {
        var again = Assert.Single(AskedAgain.In("Hello Dana. Which version of Windows do you have?", Known));
        Assert.Equal(new AskedAgain(EnvironmentField.Os, "Windows 11 23H2", FactSource.Extracted, Fourth), again);
    }

    [Theory]
    [InlineData("What operating system are you using?", "Os")]
    [InlineData("Could you tell me which laptop this is about", "Device")]
    [InlineData("What does the error message say exactly? What's the exact error message?", "Error")]
    [InlineData("Is there an error code?", "Codes")]
    [InlineData("Since when does it happen?", "FirstSeen")]
    [InlineData("When did this start?", "FirstSeen")]
    [InlineData("Is anybody else affected?", "Affected")]
    [InlineData("Is it only you?", "Affected")]
    [InlineData("Which app do you mean?", "App")]
    [InlineData("What version of Outlook is it?", "AppVersion")]
    [InlineData("Are you on the VPN?", "Network")]
    [InlineData("Which office are you in?", "Site")]
    [InlineData("Has anything changed recently?", "LastChange")]
    [InlineData("Please send me the exact error message.", "Error")]
    public void Usual_questions_are_understood(string text, string field) => Assert.Contains(AskedAgain.In(text, Known), a => a.Field.ToString() == field);

    [Theory]
    [InlineData("Please restart Outlook and try once more.")]
    [InlineData("Are you still on Windows 11 23H2, or was it updated since you wrote?")]
    [InlineData("I changed the error text in our system, it works now.")]
    [InlineData("Can you try it with another account?")]
    [InlineData("Would Tuesday at ten suit you?")]
    [InlineData("Thank you for the error message. I will look at it.")]
    public void What_is_no_such_question_is_not_flagged(string text) => Assert.Empty(AskedAgain.In(text, Known));

    [Fact]
    public void What_nobody_said_may_be_asked() => Assert.Empty(AskedAgain.In("Which version of Windows do you have? Which laptop?", EnvironmentBlock.Of([], [])));
}
