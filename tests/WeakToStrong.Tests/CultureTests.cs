using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using WeakToStrong.Data.Features;
using WeakToStrong.Functions;

namespace WeakToStrong.Tests;

/// <summary>The library in a host with another culture. All tests of this project run under de-DE (or
/// W2S_TEST_CULTURE), see <see cref="HostCulture"/>.</summary>
public class CultureTests
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);
    private static readonly Type[] Numbers = [typeof(double), typeof(float), typeof(decimal), typeof(double?), typeof(object)];

    [Fact]
    public void Names_are_the_same_in_every_culture()
    {
        Assert.Equal("hermite:0,0.5,0.25", Nonlinearity.Hermite(0, 0.5, 0.25).Name);
        Assert.Equal("rff:10:0.5", new FourierMap(10, 0.5).Text);
        Assert.Contains("found 1.5 after 2.5", Assert.Throws<ArgumentException>(() => Grid.Of(2.5, 1.5)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every method of the library that writes a number into an interpolated string must name a culture for it.</summary>
    [Fact]
    public void No_method_writes_a_number_in_the_hosts_culture()
    {
        var found = new List<string>();
        foreach (Type type in typeof(Grid).Assembly.GetTypes())
        {
            const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
                | BindingFlags.Instance;
            foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
            {
                // What the compiler adds to records is for debuggers.
                if (method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name is "PrintMembers" or "ToString")
                    continue;
                MethodBase[] calls = [.. Calls(method)];
                bool writes = calls.Any(c => c.DeclaringType == typeof(DefaultInterpolatedStringHandler) && c.Name == "AppendFormatted"
                    && c.IsGenericMethod && Numbers.Contains(c.GetGenericArguments()[0]))
                    || calls.Any(c => Numbers.Contains(c.DeclaringType) && c.Name == "ToString" && c.DeclaringType != typeof(object)
                        && !c.GetParameters().Any(p => p.ParameterType == typeof(IFormatProvider)));
                bool named = calls.Any(c => c.DeclaringType == typeof(DefaultInterpolatedStringHandler) && c.IsConstructor
                    && c.GetParameters().Any(p => p.ParameterType == typeof(IFormatProvider)));
                if (writes && !named)
                    found.Add($"{type.FullName}.{method.Name}");
            }
        }
        Assert.True(found.Count == 0, $"{found.Count} methods:\n{string.Join('\n', found)}");
    }

    /// <summary>The methods that a method calls, from its body.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[]? body = method.GetMethodBody()?.GetILAsByteArray();
        for (int at = 0; body is not null && at < body.Length;)
        {
            OpCode code = body[at] == 0xFE ? Codes[(short)(0xFE00 | body[at + 1])] : Codes[body[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod)
            {
                MethodBase? called = Resolve(method, BitConverter.ToInt32(body, at));
                if (called is not null)
                    yield return called;
            }
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase from, int token)
    {
        try
        {
            return from.Module.ResolveMethod(token, from.DeclaringType?.GetGenericArguments(),
                from.IsGenericMethod ? from.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
