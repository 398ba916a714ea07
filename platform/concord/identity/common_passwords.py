"""Passwords of ten and more characters that everybody tries first (folded to lower case)."""

COMMON = frozenset(
    """
    0123456789 01234567890 0987654321 1029384756 1111111111 11111111111 1122334455 1123581321
    1234512345 1234554321 1234567890 12345678900 12345678901 123456789a 123456789q 123456789z
    1234567891 12345678910 123456qwerty 1234qwerasdf 123qweasdzxc 1357924680 147258369a 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3edc 2222222222 5201314520 5555555555 7777777777 9876543210 9999999999
    a123456789 aa123456789 aa12345678 abc1234567 abc123456789 abcd123456 abcd1234567 abcdef1234
    abcdefghij admin12345 admin123456 administrator aini1314520 asd123456789 asdasdasdasd
    asdf123456 asdfasdfasdf asdfghjkl1 asdfghjkl; asdfghjkl123 basketball baseball123 beautiful1
    benachrichtigung blink182blink butterfly1 changeme123 changeme12 changeit123 charlie123
    computer123 concord123 concord1234 concordcrm dragon1234 football12 football123 forgetmenot
    helloworld helloworld1 iloveyou12 iloveyou123 iloveyou1314 illuminati jordan2323 letmein123
    letmein1234 liverpool1 manchester master1234 michael123 mypassword mypassword1 newpassword
    p@ssw0rd123 p@ssword123 pa55word123 pass123456 passw0rd12 passw0rd123 password00 password01
    password1! password10 password11 password12 password123 password1234 password12345
    password123! password@123 passwordpassword princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6
    qazwsx1234 qazwsxedcr qazwsxedcrfv qq123456789 qwe123456789 qwer123456 qwer12345678
    qweasdzxc1 qweasdzxc123 qwerasdfzxcv qwerqwerqwer qwerty1234 qwerty12345 qwerty123456
    qwertyqwerty qwertyui123 qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] root123456
    secret1234 sommer2024 starwars123 sunshine12 sunshine123 superman12 superman123 test123456
    testing1234 tinkerbell trustno1234 trustnoone unbelievable welcome123 welcome1234 welcome2024
    welcome2025 welcome2026 whatever12 winter2024 wo5201314ni woaini1314 woaini1314520 woaini5201314
    woaini520520 woaini520a woaini123456 xiaoming123 zaq12wsxcde zaq1zaq1zaq1 zhang123456 zxcvbnm123
    zxcvbnm1234 zxcvbnm12345 zxcvbnmasd zxcvbnmasdfghjkl
    """.split()
)
