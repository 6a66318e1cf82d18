using Xunit;
using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Tests.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Callum Reid", "Callum")]
    [InlineData("Dr Anjali Sen", "Anjali")]
    [InlineData("Prof. Dr. Eva Nováková", "Eva")]
    [InlineData("Dr Wright", "Dr Wright")]
    [InlineData("Cher", "Cher")]
    [InlineData("Dr", "Dr")]
    [InlineData("", "")]
    public void A_person_is_spoken_to_by_the_first_name(string name, string first) => Assert.Equal(first, PersonName.First(name));
}
